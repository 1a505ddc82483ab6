"""The figures as they are now, for everybody who listens in this process."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_kernel.database import connected
from philo_notify.domain import QueueFigures
from philo_notify.figures import waiting
from philo_notify.queue.domain import LEGS, Entry, History, Past, Sort, figures, sort_of, told_again

ENTRIES = "select job, user_id, kind, resolution, length, due, done::text, promised from queue_job where ended is null"
PROMISE = """
    update queue_job set promised = fresh.seconds, promised_at = now()
    from unnest($1::text[], $2::float[]) fresh(job, seconds)
    where queue_job.job = fresh.job and queue_job.job in (
      select job from queue_job where job = any($1::text[]) and promised is null for update skip locked)"""
# Of each sort the last 200 count: machines change.
HISTORY = f"""
    with past as (
      select kind, resolution, floor(log(2::numeric, greatest(length, 1)::numeric))::int as size, work,
        row_number() over (partition by kind, resolution order by ended desc) as age
      from queue_job where work is not null)
    select kind, resolution, size, count(*) as films,
      {", ".join(f"percentile_cont(0.5) within group (order by (work->>'{leg}')::float) as {leg}" for leg in LEGS)}
    from past where age <= 200
    group by grouping sets ((kind, resolution, size), (kind, resolution), (kind))"""  # noqa: S608 - our own names
AT_ONCE = 20
"""Users that are told of new figures before anything else has its turn."""
LEARN = 60.0
"""Seconds between two looks at the history."""


class Board:
    """Looks every so many seconds; `changed` is told whose figures are others than they were."""

    def __init__(self, engine: AsyncEngine, changed: Callable[[str], None], every: float) -> None:
        self.engine, self.changed, self.every = engine, changed, every
        self.history: History = {}
        self.shown: dict[str, dict[str, QueueFigures]] = {}
        self.kinds: set[str] = set()
        self.learnt_at = float("-inf")

    def of(self, user: str) -> Mapping[str, QueueFigures]:
        """The figures of the user's open jobs."""
        return self.shown.get(user, {})

    async def keep(self) -> None:
        """Every so many seconds, until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(self.every)

    async def look(self) -> None:
        if time.monotonic() - self.learnt_at >= LEARN:
            self.history, self.learnt_at = await self.learnt(), time.monotonic()
        async with connected(self.engine) as connection:
            rows = (await connection.exec_driver_sql(ENTRIES)).all()
        entries = [entry_of(row) for row in rows]
        found = figures(entries, self.history)
        await self.promise({row.job: found[row.job].estimated_time for row in rows if row.promised is None})
        for number, user in enumerate(self.show(entries, found), 1):
            self.changed(user)
            if number % AT_ONCE == 0:
                await asyncio.sleep(0)  # news that came meanwhile do not wait until thousands have heard figures

    def show(self, entries: list[Entry], found: dict[str, QueueFigures]) -> list[str]:
        """Those that differ too little stay as they were told. Whose figures are others now."""
        before, fresh = self.shown, dict[str, dict[str, QueueFigures]]()
        for entry in entries:
            old, new = before.get(entry.user, {}).get(entry.job), found[entry.job]
            fresh.setdefault(entry.user, {})[entry.job] = new if old is None or told_again(old, new) else old
        self.shown = fresh
        waiting((entry.sort.kind for entry in entries), self.kinds)
        return [user for user in fresh if fresh[user] != before.get(user)]

    async def promise(self, seconds: dict[str, float]) -> None:
        """Keep the first estimate of each job, to be measured by what it takes."""
        if seconds:
            async with connected(self.engine) as connection:
                await connection.exec_driver_sql(PROMISE, (list(seconds), list(seconds.values())))

    async def learnt(self) -> dict[Sort, Past]:
        async with connected(self.engine) as connection:
            rows = (await connection.exec_driver_sql(HISTORY)).all()
        return {Sort(row.kind, row.resolution, row.size): past_of(row) for row in rows}


def entry_of(row: Row[Any]) -> Entry:
    sort = sort_of(row.kind, row.resolution, row.length)
    return Entry(row.job, row.user_id, sort, row.due, orjson.loads(row.done))


def past_of(row: Row[Any]) -> Past:
    """A leg that such jobs do not have takes no time."""
    return Past(row.films, {leg: getattr(row, leg) or 0.0 for leg in LEGS})
