"""`/providers`: what services note of those who work for money, told to people."""

import asyncio
from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from redis.asyncio import Redis

from philo.testing_service import bearer
from philo_gateway.providers.status import Providers
from philo_kernel.outgoing.board import Board
from philo_kernel.outgoing.checkups import Checkups
from philo_kernel.outgoing.faults import Failing, LeftAlone
from philo_kernel.outgoing.line import Line, Terms
from philo_kernel.outgoing.patience import Patience
from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack
STATUS, TEST = "/api/v1/providers/status", "/api/v1/providers/test"
CALL = """
    insert into provider_call(id, job, user_id, attempt, service, provider, outcome, quantities, seconds, amount, at)
    values ($1, 'j', 'u', 1, 'text', $2, 'answered', '{}', 1, $3, now())"""


@pytest_asyncio.fixture
async def redis(servers):
    async with Redis.from_url(servers.redis) as client:
        yield client


@pytest.fixture
def prefix(app, redis, engine, topic_prefix) -> str:
    """A board of this test's own."""
    app.state.providers = Providers(redis, topic_prefix, engine)
    return topic_prefix


@pytest_asyncio.fixture
async def operator(app):
    headers = bearer("olga", role="operator")
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://philo", headers=headers
    ) as client:
        yield client


@pytest.fixture
def line(redis, prefix) -> Line:
    return Line("acme", "text", board=Board(redis, prefix), terms=Terms(patience=Patience(retries=0)))


async def works(_call) -> None: ...


async def fails(_call) -> None:
    raise Failing("Acme failed with status 500.", "provider_failing")


async def test_where_nobody_is_asked_for_money_there_is_nobody_to_tell_of(ada, prefix):
    assert (await ada.get(STATUS)).json() == []


async def test_one_that_nobody_has_asked_yet_is_held_for_healthy(ada, line):
    await line.known()
    [told] = (await ada.get(STATUS)).json()
    assert told == {
        "provider": "acme",
        "service": "text",
        "status": "healthy",
        "last_check": None,
        "consecutive_failures": 0,
        "average_response_time_ms": None,
        "cost_per_request": None,
        "circuit": "closed",
        "trouble": None,
    }


async def test_one_that_answers_is_healthy_with_its_times(ada, line):
    await line.ask(works)
    await line.known()
    [told] = (await ada.get(STATUS)).json()
    assert (told["status"], told["average_response_time_ms"] >= 0) == ("healthy", True)
    assert abs((datetime.now(UTC) - datetime.fromisoformat(told["last_check"])).total_seconds()) < 60


async def test_one_that_fails_is_degraded_and_then_unhealthy_with_its_words(ada, line):
    seen = []
    for _ in range(3):
        with pytest.raises((Failing, LeftAlone)):
            await line.ask(fails)
        await line.known()
        [told] = (await ada.get(STATUS)).json()
        seen.append((told["status"], told["circuit"], told["consecutive_failures"]))
    assert seen == [("degraded", "closed", 1), ("degraded", "closed", 2), ("unhealthy", "open", 3)]
    assert told["trouble"] == {"code": "provider_failing", "message": "Acme failed with status 500."}


async def test_what_it_costs_is_the_mean_of_what_was_booked(ada, engine, redis, prefix):
    name = f"acme-{uuid4().hex[:8]}"
    await Line(name, "text", board=Board(redis, prefix)).known()
    async with unit_of_work(engine, "gateway") as unit:
        for amount in ("0.01", "0.02", None):
            await unit.connection.execute(CALL, uuid4().hex, name, Decimal(amount) if amount else None)
    [told] = (await ada.get(STATUS)).json()
    assert Decimal(str(told["cost_per_request"])) == Decimal("0.015")


async def test_one_that_no_service_asks_any_more_is_not_told_of(ada, redis, prefix):
    await Line("acme", "text", board=Board(redis, prefix, lambda: 1000.0)).known()
    assert (await ada.get(STATUS)).json() == []


async def test_without_redis_nobody_knows_and_a_problem_says_so(ada, app, engine):
    async with Redis.from_url("redis://127.0.0.1:1") as away:
        app.state.providers = Providers(away, "p", engine)
        answer = await ada.get(STATUS)
    assert (answer.status_code, "Redis does not answer" in answer.json()["detail"]) == (503, True)


async def test_an_operator_has_one_looked_at_and_it_is_well_again(operator, line, redis, prefix):
    for _ in range(3):
        with pytest.raises((Failing, LeftAlone)):
            await line.ask(fails)
    line.looked_at_by(lambda: works(None))
    await line.known()
    hearing = asyncio.create_task(Checkups(redis, prefix).hear({line.key: line}))
    while not (await redis.pubsub_numsub(Checkups(redis, prefix).channel))[0][1]:  # noqa: ASYNC110 - lies in a server
        await asyncio.sleep(0)
    answer = await operator.post(TEST, json={"provider": "acme", "timeout": 5})
    hearing.cancel()
    [told] = answer.json()
    assert (told["status"], told["circuit"], told["consecutive_failures"]) == ("healthy", "closed", 0)


async def test_a_provider_that_nobody_asks_is_not_found(operator, prefix):
    answer = await operator.post(TEST, json={"provider": "nobody"})
    assert (answer.status_code, "providers/status" in answer.json()["detail"]) == (404, True)


async def test_only_operators_have_providers_looked_at(ada, prefix):
    assert (await ada.post(TEST, json={"provider": "acme"})).status_code == 403


@pytest.mark.parametrize(
    "wish", [{}, {"provider": "acme", "timeout": 0}, {"provider": "acme", "timeout": 61}, {"provider": "A b"}]
)
async def test_a_wish_for_a_look_is_checked(operator, prefix, wish):
    assert (await operator.post(TEST, json=wish)).status_code == 422
