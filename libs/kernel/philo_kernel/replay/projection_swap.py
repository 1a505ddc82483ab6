"""The shadow takes the place of the live table: compared first, then in one short transaction."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

import asyncpg

from philo_kernel.replay.projection import Projection, Row
from philo_kernel.replay.projection_rebuild import Rebuilding
from philo_kernel.replay.projection_shadow import UNTOUCH, forget
from philo_kernel.replay.story_difference import differences
from philo_kernel.replay.verify import KEYS, ROWS, pages, rows_of
from philo_kernel.replay.verify_difference import RowDifference

SHOWN = 50
PENDING = "select key from shadow.touched where projection = $1 and key = any($2::text[])"
LEFT = "select count(*) from shadow.touched where projection = $1"
HELD = 10.0
"""Seconds for which the table may be held; then the service goes on, and nothing was swapped."""
FEW = 500
"""Stories that may be left to fold while the service has to wait for the table."""
ALONE = "lock table public.{table} in access exclusive mode"
TRIGGERS = """
    select pg_get_triggerdef(oid) as told from pg_trigger
    where tgrelid = $1::regclass and not tgisinternal and tgname <> 'touch_shadow' order by tgname"""
# Who waits for the lock meanwhile finds the new table under the name that it has asked for. The old one goes: what is
# erased later would stay in it, and facts can be folded again at any time.
SWAP = """
drop table public.{table};
alter table shadow.{table} set schema public;
"""


class Busy(Exception):
    """The service writes too much at this moment, or holds the table for too long: nothing was swapped."""


@dataclass
class Comparison:
    """Rows that are equal, that differ, that only one of the two tables has; the first differences with their paths."""

    same: int = 0
    differing: int = 0
    only_live: int = 0
    only_shadow: int = 0
    found: list[RowDifference] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        return not (self.differing or self.only_live or self.only_shadow)


async def compare(rebuilding: Rebuilding) -> Comparison:
    """Hold the shadow against the live table. Stories that are being written at this moment are left out."""
    projection, own, found = rebuilding.projection, rebuilding.own, Comparison()
    async for keys in all_keys(rebuilding):
        async with own.transaction(isolation="repeatable_read", readonly=True):
            moving = {row["key"] for row in await own.fetch(PENDING, projection.table, keys)}
            still = [key for key in keys if key not in moving]
            query = ROWS.format(table=projection.table, story=projection.story)
            live = await rows_of(own, query, still)
            shadow = await rows_of(own, query.replace("public.", "shadow."), still)
        for key in still:
            weigh(projection, rebuilding.service, key, (live.get(key, ()), shadow.get(key, ())), found)
    return found


async def all_keys(rebuilding: Rebuilding) -> AsyncIterator[list[str]]:
    """Of the live table, then those that only the shadow has."""
    projection = rebuilding.projection
    query = KEYS.format(table=projection.table, story=projection.story)
    async for keys in pages(rebuilding.own, query):
        yield keys
    known = f"select {projection.story}::text as key from public.{projection.table} where {projection.story}::text = any($1)"  # noqa: S608 - our own words
    async for keys in pages(rebuilding.own, query.replace("public.", "shadow.")):
        both = {row["key"] for row in await rebuilding.own.fetch(known, keys)}
        if more := [key for key in keys if key not in both]:
            yield more


def weigh(
    projection: Projection, service: str, key: str, rows: tuple[Sequence[Row], Sequence[Row]], found: Comparison
) -> None:
    """Only what facts tell of is compared; the other columns were carried over."""
    live, shadow = ({projection.named(row): projection.read(row) for row in side} for side in rows)
    for name in sorted(live.keys() | shadow.keys()):
        one, other = live.get(name), shadow.get(name)
        if one == other:
            found.same += 1
            continue
        found.only_shadow += one is None
        found.only_live += other is None
        found.differing += one is not None and other is not None
        for difference in differences(one, other):
            if len(found.found) < SHOWN:
                told = (difference.path, difference.stored, difference.folded)
                found.found.append(RowDifference(service, projection.table, key, name, *told))


async def swap(rebuilding: Rebuilding, *, wait: str = "3s") -> None:
    """The last stories are folded, and the tables change places, while nobody can read or write the live one.

    Raises `Busy`. The old table is gone then.
    """
    own, table = rebuilding.own, rebuilding.projection.table
    try:
        async with asyncio.timeout(HELD), own.transaction():
            await own.execute(f"set local lock_timeout = '{wait}'")
            await own.execute(ALONE.format(table=table))
            if await own.fetchval(LEFT, table) > FEW:
                raise Busy(f"More than {FEW} stories were written since it had caught up.")
            while await rebuilding.follow():
                pass
            triggers = [row["told"] for row in await own.fetch(TRIGGERS, f"public.{table}")]
            await own.execute(UNTOUCH.format(table=table))
            await own.execute(SWAP.format(table=table))
            for trigger in triggers:
                await own.execute(trigger)
            await forget(own, rebuilding.projection)
    except asyncpg.LockNotAvailableError as error:
        raise Busy(f"{table} was held by others for more than {wait}.") from error
    except TimeoutError as error:
        raise Busy(f"{table} would have been held for more than {HELD:.0f} s.") from error
