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
OPEN = """
    select count(*) from job
    where user_id = $1 and status in ('pending', 'queued', 'moderating', 'processing')"""
WORKED = "select count(*) from job where user_id = $1 and status in ('moderating', 'processing')"
USED = "select coalesce(sum(seconds), 0) from film_seconds where user_id = $1 and month = $2 and job <> $3"
PROMISE = """
    insert into film_seconds(job, user_id, month, promised, seconds) values ($1, $2, $3, $4, $4)
    on conflict (job) do update set seconds = excluded.promised, month = excluded.month"""
PROMISED = "select promised from film_seconds where job = $1"
MADE = "update film_seconds set seconds = $2 where job = $1"
AGAIN = "update film_seconds set seconds = promised where job = $1"


async def tier_of(connection: Connection, user: str, now: datetime, *, lock: bool = False) -> Tier:
    """The tier somebody has now. With `lock`, whoever else asks for work in their name waits until this unit ends."""
    row = await connection.fetchrow(f"{FIND} for update" if lock else FIND, user)
    if row is None and lock:
        await connection.execute(FIRST, user)
        row = await connection.fetchrow(f"{FIND} for update", user)
    return told(row, now) if row else Tier.FREE


def told(row: Record, now: datetime) -> Tier:
    return tier_at(now, Tier(row["tier"]), row["starts_at"], row["ends_at"])


async def open_jobs(connection: Connection, user: str) -> int:
    return int(await connection.fetchval(OPEN, user))


async def worked_jobs(connection: Connection, user: str) -> int:
    return int(await connection.fetchval(WORKED, user))


async def used_seconds(connection: Connection, user: str, month: Month, *, but: str = "") -> float:
    """What films of this month have, and what was promised to those that are not done, `but` this one."""
    return float(await connection.fetchval(USED, user, month.day, but))


async def promised_seconds(connection: Connection, job: str) -> float:
    """What was promised to a job when it was accepted; none to what makes no film."""
    return float(await connection.fetchval(PROMISED, job) or 0)


async def promise(connection: Connection, user: str, month: Month, wanted: Wanted) -> None:
    """Keep these seconds of the month for a job until it is known how long its film is."""
    await connection.execute(PROMISE, wanted.job, user, month.day, wanted.seconds)
