"""What would grow forever is dropped: news that others have superseded soon, all else later.

Of each job the last message with all its words stays, so that every message which is still there can be told whole.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

from asyncpg import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_kernel.unit import unit_of_work

EVERY = 600.0
AT_ONCE = 2_000
SUPERSEDED = """
    select user_id, id, job from feed
    where at < now() - $1::interval and event = 'job.progress' and not whole
      and exists (select from feed later where later.job = feed.job and later.id > feed.id)
    limit $2 for update skip locked"""
OLD = """
    select user_id, id, job from feed
    where at < now() - $1::interval
      and (not whole or exists (
        select from feed later
        where later.job = feed.job and later.id > feed.id and later.whole and later.at < now() - $1::interval))
    limit $2 for update skip locked"""
# The floor is written with what it tells of, so that no reader can miss the one and not see the other.
DROP = """
    with old as ({old}),
    gone as (delete from feed using old where feed.user_id = old.user_id and feed.id = old.id
      returning feed.user_id, feed.id, feed.job),
    floors as (
      insert into feed_floor(user_id, job, id)
      select user_id, '', max(id) from gone group by user_id
      union all select user_id, job, max(id) from gone group by user_id, job order by 1, 2
      on conflict (user_id, job) do update set id = greatest(feed_floor.id, excluded.id))
    select count(*) from gone"""
TICKETS = "delete from ticket where expires_at < now()"
DELIVERIES = """
    delete from delivery where id in (
      select id from delivery where state <> 'waiting' and created_at < now() - $1::interval limit $2)"""
TIMES = """
    delete from queue_job where job in (
      select job from queue_job where ended < now() - interval '90 days' limit $1)"""


class Pruning:
    def __init__(self, engine: AsyncEngine, *, progress: timedelta, feed: timedelta, deliveries: timedelta) -> None:
        self.engine = engine
        self.progress, self.feed, self.deliveries = progress, feed, deliveries

    async def keep(self) -> None:
        while True:
            await self.once()
            await asyncio.sleep(EVERY)

    async def once(self) -> None:
        """Until nothing is left to drop, in small units, so that nobody waits for one."""
        for query, kept in ((SUPERSEDED, self.progress), (OLD, self.feed)):
            while await self.dropped(query, kept) == AT_ONCE:
                pass
        async with unit_of_work(self.engine, "pruning") as unit:
            await unit.connection.execute(TICKETS)
            await unit.connection.execute(DELIVERIES, self.deliveries, AT_ONCE)
            await unit.connection.execute(TIMES, AT_ONCE)

    async def dropped(self, query: str, kept: timedelta) -> int:
        async with unit_of_work(self.engine, "pruning") as unit:
            return await dropped(unit.connection, query, kept)


async def dropped(connection: Connection, query: str, kept: timedelta) -> int:
    """How many messages went."""
    count: int = await connection.fetchval(DROP.format(old=query), kept, AT_ONCE)
    return count
