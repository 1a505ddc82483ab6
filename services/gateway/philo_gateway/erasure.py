"""Somebody has deleted their account: what gateway keeps of them goes.

What was paid stays in the ledger, under a number that is nobody's any more.
"""

from __future__ import annotations

from asyncpg import Connection

from philo_contracts.events import UserErased
from philo_gateway.assets.names import key_of
from philo_gateway.money import ledger
from philo_gateway.money.domain import Holding, release
from philo_kernel.clearing import begin_clearing
from philo_kernel.handler import on
from philo_kernel.unit import Unit

LOCK = "select id from job where user_id = $1 order by id for update"
# Their keys are known until `know_api_key` hears of it, which comes after this.
ANSWERS = """
    delete from idempotency_key where owner = 'user/' || $1::text
      or owner in (select 'key/' || id from api_key where user_id = $1)"""
REQUESTS = "delete from signed_request where key_id in (select id from signing_secret where user_id = $1)"
THEIRS = ("job", "asset", "project", "session", "film_seconds", "subscriber", "signing_secret", "budget", "hello")
FORGET = (ANSWERS, REQUESTS, *(f"delete from {table} where user_id = $1" for table in THEIRS))  # noqa: S608 - our own words


@on(UserErased)
async def erase_user(fact: UserErased, unit: Unit) -> None:
    """The kernel has stopped their work before."""
    jobs = [row["id"] for row in await unit.connection.fetch(LOCK, fact.user)]
    await give_back(unit.connection, fact.user, jobs)
    for statement in FORGET:
        await unit.connection.execute(statement, fact.user)
    begin_clearing(unit, fact.user, [key_of(fact.user, "")])


async def give_back(connection: Connection, user: str, jobs: list[str]) -> None:
    """What was put aside for films that nobody will make is free again, so that the sums stay true."""
    for job, month, amount in await ledger.put_aside(connection, jobs):
        await ledger.locked_month(connection, user, month)
        await ledger.book(connection, user, month, job, "release", release(Holding(reserved=amount)))
