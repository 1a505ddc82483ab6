"""What tests of money share: films that cost something, calls that are told of, and what gateway books of them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import jwt
from editing_world import stream
from gateway_world import Client, told

from philo.testing_service import KEY_ID, SIGNING
from philo_contracts.events import Event, PictureProviderCalled
from philo_contracts.shapes import ProviderCall
from philo_gateway.money.handlers import booking, settle_account
from philo_gateway.money.prices import Prices
from philo_kernel.unit import unit_of_work

JOBS = "/api/v1/jobs"
BOUGHT = {"pictures": "stability", "scenes": 2}
BOOKING = booking(Prices.read())
COLUMNS = "reserved, spent, released"


def painted(job: str, scene: str = "s01", *, attempt: int = 1, number: str | None = None, **more) -> Event:
    """A picture was bought; three hundredths of a dollar by the list."""
    call = {"service": "picture", "provider": "stability", "model": "core", "outcome": "answered", "seconds": 1.5}
    call |= {"quantities": {"pictures": 1}, **more}
    return PictureProviderCalled(
        job=job, call=ProviderCall(id=number or str(uuid4()), scene=scene, attempt=attempt, **call)
    )


async def books(engine, *calls: Event) -> None:
    """Gateway hears of these calls."""
    for call in calls:
        async with unit_of_work(engine, "gateway") as unit:
            unit.cause = told(call)
            await BOOKING.react(call, unit)


async def settles(engine, job: str) -> None:
    """Gateway hears its own last word on how this job ended."""
    end = next(fact for fact in reversed(await stream(engine, job)) if fact.type != "CostRecorded")
    async with unit_of_work(engine, "gateway") as unit:
        unit.cause = end
        await settle_account.react(end.fact(), unit)


async def month_of(engine, user: str) -> tuple[Decimal, ...] | None:
    """reserved, spent, released."""
    async with unit_of_work(engine, "gateway") as unit:
        row = await unit.connection.fetchrow(f"select {COLUMNS} from ledger_month where user_id = $1", user)
        return tuple(row) if row else None


async def entries_of(engine, user: str) -> list[tuple[str, str, Decimal]]:
    """(kind, account, amount) of all that was booked for a user."""
    query = (
        "select t.kind, e.account, e.amount from ledger_transaction t join ledger_entry e on e.transaction_id = t.id"
        " where t.user_id = $1 order by t.at, t.id, e.account"
    )
    async with unit_of_work(engine, "gateway") as unit:
        return [tuple(row) for row in await unit.connection.fetch(query, user)]


async def budget(engine, user: str, amount: str) -> None:
    async with unit_of_work(engine, "gateway") as unit:
        await unit.connection.execute(
            "insert into budget(user_id, per_month, set_by, set_at) values ($1, $2, 'test', now())",
            user,
            Decimal(amount),
        )


def operator() -> dict[str, str]:
    now = datetime.now(UTC)
    claims = {"sub": "op", "iss": "philo", "aud": "philo", "role": "operator", "iat": now}
    token = jwt.encode(claims | {"exp": now + timedelta(minutes=5)}, SIGNING, "EdDSA", headers={"kid": KEY_ID})
    return {"Authorization": f"Bearer {token}"}


async def cost_of(client: Client, job: str) -> dict:
    return (await client.get(f"{JOBS}/{job}")).json()["cost"]
