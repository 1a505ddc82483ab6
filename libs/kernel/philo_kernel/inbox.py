"""The truth of what was handled. Offsets are hints."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from asyncpg import Connection

from philo_contracts.envelope import Envelope

# One statement settles both questions: who is new, and who has to stand behind a parked fact of the same stream.
FIRST_TIMES = """
    with asked as (select * from unnest($2::uuid[], $3::text[]) asked(event, stream)),
    behind as (
      select event from asked where exists (select from dead_letter d where d.handler = $1 and d.stream = asked.stream)),
    fresh as (
      insert into inbox(handler, event)
      select $1, event from asked where event not in (select event from behind)
      on conflict do nothing returning event)
    select event, false as behind from fresh
    union all
    select event, true from behind where not exists (select from inbox i where i.handler = $1 and i.event = behind.event)"""
PRUNE = "delete from inbox where at < now() - make_interval(days => $1)"


class BehindParked(Exception):
    """An earlier fact of this stream is parked, so this one waits behind it: order holds within a stream."""


async def first_times(connection: Connection, handler: str, events: Sequence[Envelope]) -> set[UUID]:
    """Which of these `handler` has not handled yet; they are marked in this transaction. Raises `BehindParked`."""
    rows = await connection.fetch(
        FIRST_TIMES, handler, [event.id for event in events], [event.subject for event in events]
    )
    if any(row["behind"] for row in rows):
        raise BehindParked(f"{handler} has an earlier fact of the same stream in its dead letters: redrive that first")
    return {row["event"] for row in rows}


async def prune(connection: Connection, days: int) -> None:
    """Forget what Kafka has forgotten as well: nothing older than its retention can come again."""
    await connection.execute(PRUNE, days)
