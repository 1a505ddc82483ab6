"""The ledger in the database: what was booked, and for whom. All SQL about money is here.

Locks are taken in one order: a job's row, then its user's month.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from json import dumps, loads

from asyncpg import Connection, Record
from uuid_utils.compat import uuid7

from philo_contracts.shapes import ProviderCall
from philo_gateway.money.domain import Entries, Holding, Kind
from philo_gateway.money.tables import CallRow

OPEN_MONTH = "insert into ledger_month(user_id, month) values ($1, $2) on conflict do nothing"
MONTH = """
    select reserved, spent, released, reserved + spent + released granted
    from ledger_month where user_id = $1 and month = $2 for update"""
JOB = """
    select
      coalesce(sum(e.amount) filter (where e.account = 'reserved'), 0) reserved,
      coalesce(sum(e.amount) filter (where e.account = 'spent'), 0) spent,
      coalesce(sum(e.amount) filter (where e.account = 'released'), 0) released,
      coalesce(sum(e.amount) filter (where e.account = 'reserved' and t.kind = 'reserve'), 0) granted
    from ledger_transaction t join ledger_entry e on e.transaction_id = t.id where t.job = $1"""
ASIDE = """
    select t.job, t.month, sum(e.amount) as amount
    from ledger_transaction t join ledger_entry e on e.transaction_id = t.id and e.account = 'reserved'
    where t.job = any($1::text[]) group by t.job, t.month having sum(e.amount) > 0 order by t.month, t.job"""
MONTH_OF_JOB = "select min(month) from ledger_transaction where job = $1"
BOOK = "insert into ledger_transaction(id, user_id, month, job, kind, call) values ($1, $2, $3, $4, $5, $6)"
ENTRIES = """
    insert into ledger_entry(transaction_id, account, amount)
    select $1::uuid, * from unnest($2::text[], $3::numeric[])"""
NOTE = """
    insert into provider_call(
      id, job, user_id, scene, attempt, service, provider, model, outcome, quantities, seconds, amount, at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11, $12, $13) on conflict do nothing returning id"""
CALLS = """
    select id, job, user_id, scene, attempt, service, provider, model, outcome, quantities::text, seconds, amount, at
    from provider_call where job = $1 order by at, id"""
BUDGET = "select per_month from budget where user_id = $1"
SET_BUDGET = """
    insert into budget(user_id, per_month, set_by, set_at) values ($1, $2, $3, now())
    on conflict (user_id) do update set per_month = excluded.per_month, set_by = excluded.set_by, set_at = excluded.set_at"""


async def locked_month(connection: Connection, user: str, month: date) -> Holding:
    """What of the user's month is where; nobody else changes it until this transaction ends."""
    await connection.execute(OPEN_MONTH, user, month)
    return Holding(*await connection.fetchrow(MONTH, user, month))


async def month_of_job(connection: Connection, job: str, begun: date) -> date:
    """The month whose budget a job lives on, to its end: that in which money was first booked for it."""
    found: date | None = await connection.fetchval(MONTH_OF_JOB, job)
    return found or begun


async def of_job(connection: Connection, job: str) -> Holding:
    return Holding(*await connection.fetchrow(JOB, job))


async def put_aside(connection: Connection, jobs: Sequence[str]) -> list[tuple[str, date, Decimal]]:
    """For which of these jobs money is put aside, of which month, and how much."""
    return [tuple(row) for row in await connection.fetch(ASIDE, jobs)]


async def book(
    connection: Connection, user: str, month: date, job: str, kind: Kind, entries: Entries, call: str | None = None
) -> None:
    """Write one transaction. What moves nothing is not booked."""
    if not entries:
        return
    number = uuid7()
    await connection.execute(BOOK, number, user, month, job, kind, call)
    accounts, amounts = [entry.account for entry in entries], [entry.amount for entry in entries]
    await connection.execute(ENTRIES, number, accounts, amounts)


async def note(
    connection: Connection, user: str, job: str, call: ProviderCall, amount: Decimal | None, at: datetime
) -> bool:
    """Write a call down. False if it is known already."""
    told = (call.scene, call.attempt, call.service, call.provider, call.model, call.outcome)
    used = (dumps(call.quantities), call.seconds, amount, at)
    return await connection.fetchval(NOTE, call.id, job, user, *told, *used) is not None


async def calls(connection: Connection, job: str) -> list[CallRow]:
    """Of a job, in the order in which they were heard of."""
    return [call_of(row) for row in await connection.fetch(CALLS, job)]


def call_of(row: Record) -> CallRow:
    return CallRow(**{**dict(row), "quantities": loads(row["quantities"])})


async def own_budget(connection: Connection, user: str) -> Decimal | None:
    """What an operator has set for the user, if one has."""
    found: Decimal | None = await connection.fetchval(BUDGET, user)
    return found


async def set_budget(connection: Connection, user: str, per_month: Decimal, by: str) -> None:
    await connection.execute(SET_BUDGET, user, per_month, by)
