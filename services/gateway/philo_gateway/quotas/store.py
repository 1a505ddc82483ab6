"""Subscribers, and the seconds of film they used: SQL in one place. A user's row is where their requests wait."""

from __future__ import annotations

from datetime import datetime

from asyncpg import Connection, Record

from philo_contracts.shapes import Tier
from philo_gateway.quotas.domain import Month, Wanted, tier_at

FIND = "select tier, starts_at, ends_at from subscriber where user_id = $1"
FIRST = "insert into subscriber(user_id) values ($1) on conflict (user_id) do nothing"
KNOW = """
    insert into subscriber(user_id, tier, starts_at, ends_at, version) values ($1, $2, $3, $4, $5)
    on conflict (user_id) do update
    set tier = excluded.tier, starts_at = excluded.starts_at, ends_at = excluded.ends_at, version = excluded.version
    where subscriber.version < excluded.version"""
# The lock and the promise in one go. What is judged is read by the next statement, which sees all that was committed
# by whoever held the lock before.
TURN = """
    with locked as (select tier, starts_at, ends_at from subscriber where user_id = $1 for update),
    promised as (
      insert into film_seconds(job, user_id, month, promised, seconds)
      select $2, $1, $3, $4::float8, $4::float8 from locked where $4::float8 > 0
      on conflict (job) do update set seconds = excluded.promised, month = excluded.month)
    select tier, starts_at, ends_at from locked"""
OPEN = "select count(*) from job where user_id = $1 and status in ('pending', 'queued', 'moderating', 'processing')"
WORKED = "select count(*) from job where user_id = $1 and status in ('moderating', 'processing')"
USED = "select coalesce(sum(seconds), 0) from film_seconds where user_id = $1 and month = $2"
TAKEN = f"select ({OPEN}) as waiting, ({USED}) as used"
STORED = "select coalesce(sum((file->>'size_bytes')::bigint), 0)::bigint from asset where user_id = $1"
LARGEST = """
    select original_filename as name, (file->>'size_bytes')::bigint as size from asset where user_id = $1
    order by size desc, id limit 3"""
PROMISED = "select promised from film_seconds where job = $1"
# What an edit counts for is what it was thought to add: the film that it ends with is as long as all of it.
MADE = """
    update film_seconds set seconds = $2 where job = $1
      and ($2::float8 = 0 or not exists (select from job where id = $1 and kind = 'scene_edit'))"""
AGAIN = "update film_seconds set seconds = promised where job = $1"


async def tier_of(connection: Connection, user: str, now: datetime) -> Tier:
    """The tier somebody has now."""
    row = await connection.fetchrow(FIND, user)
    return told(row, now) if row else Tier.FREE


async def turn(connection: Connection, user: str, month: Month, wanted: Wanted, now: datetime) -> Tier:
    """The same, and the seconds that are wanted are promised: they count until it is known how long the film is.

    Whoever else asks for work in this user's name waits until this unit ends.
    """
    wish = (user, wanted.job, month.day, wanted.seconds)
    row = await connection.fetchrow(TURN, *wish)
    if row is None:
        await connection.execute(FIRST, user)
        row = await connection.fetchrow(TURN, *wish)
    return told(row, now)


async def taken(connection: Connection, user: str, month: Month) -> tuple[int, float]:
    """How many of a user's jobs are on their way, and how many seconds of the month films have or were promised."""
    row = await connection.fetchrow(TAKEN, user, month.day)
    return int(row["waiting"]), float(row["used"])


async def stored_bytes(connection: Connection, user: str) -> int:
    """What a user's uploads take up, those included that could not be used."""
    return int(await connection.fetchval(STORED, user))


async def largest_files(connection: Connection, user: str) -> list[tuple[str, int]]:
    """The names that they were sent with, and their bytes."""
    return [(row["name"], row["size"]) for row in await connection.fetch(LARGEST, user)]


def told(row: Record, now: datetime) -> Tier:
    return tier_at(now, Tier(row["tier"]), row["starts_at"], row["ends_at"])


async def worked_jobs(connection: Connection, user: str) -> int:
    return int(await connection.fetchval(WORKED, user))


async def promised_seconds(connection: Connection, job: str) -> float:
    """What was promised to a job when it was accepted; none to what makes no film."""
    return float(await connection.fetchval(PROMISED, job) or 0)
