"""The truth of what was handled. Offsets are hints."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from asyncpg import Connection

from philo_contracts.envelope import Envelope

# One statement settles all questions: who is new, and who has to stand behind a parked fact of the same stream. What
# is still told of somebody who was erased is not heard.
FIRST_TIMES = """
    with asked as (
      select event, stream from unnest($2::uuid[], $3::text[], $4::text[]) asked(event, stream, tenant)
      where not exists (select from data_key k where k.tenant = asked.tenant and k.erased_at is not null)),
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
    """Which of these `handler` is still to handle; they are marked in this transaction. Raises `BehindParked`."""
    rows = await connection.fetch(
        FIRST_TIMES, handler, *([getattr(event, name) for event in events] for name in ("id", "subject", "tenantid"))
    )
    if any(row["behind"] for row in rows):
        raise BehindParked(f"{handler} has an earlier fact of the same stream in its dead letters: redrive that first")
    return {row["event"] for row in rows}


async def prune(connection: Connection, days: int) -> None:
    """Forget what Kafka has forgotten as well: nothing older than its retention can come again."""
    await connection.execute(PRUNE, days)
