"""Puts facts that lay on Kafka into an empty event store, all of them or none.

They are laid down first, in a table that goes with the connection: so that what came twice, in another order or not at all
is seen before anything is written, however many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from asyncpg import Connection, Record

from philo_kernel.data_keys import keys_of, seal
from philo_kernel.relay import LOCK
from philo_kernel.replay.topic import Brought

AT_ONCE = 500
LAID_DOWN = """
create temporary table brought(
  id uuid, stream text, version int, type text, key text, tenant text, traceparent text, body bytea,
  said timestamptz, published timestamptz, topic text, number bigint generated always as identity)"""
COLUMNS = ("id", "stream", "version", "type", "key", "tenant", "traceparent", "body", "said", "published", "topic")
EMPTY = "select not exists (select from event) and not exists (select from outbox)"
ALONE = "select pg_try_advisory_lock($1)"
# The lock of the relay keeps the relay out and nobody else. Whoever has begun to write meanwhile is seen; whoever would
# write now waits, so that all that lies in the outbox at the end is what was brought.
STILL = "lock table event, outbox in exclusive mode"
TWICE = """
    delete from brought later using brought first where later.id = first.id and later.number > first.number"""
OTHERWISE = """
    delete from brought later using brought first
    where (later.stream, later.version) = (first.stream, first.version) and later.number > first.number
    returning later.stream || '@' || later.version as place"""
GONE = "delete from brought where tenant in (select tenant from data_key where erased_at is not null)"
ERASED = """
    insert into data_key(tenant, erased_at) values ($1, $2)
    on conflict (tenant) do update set secret = null, erased_at = excluded.erased_at where data_key.erased_at is null"""
GAPS = """
    select stream, coalesce(lag(version) over line, 0) + 1 as first, version - 1 as last from brought
    window line as (partition by stream order by version)"""
MISSING = f"select stream, first, last from ({GAPS}) gaps where first <= last order by stream, first"  # noqa: S608 - our own words
# A fact lies behind all earlier ones of its stream, whatever clocks and partitions say; streams lie as they were published.
ORDERED = """
    select b.id, b.stream, b.version, b.type, b.key, b.tenant, b.traceparent, b.body, b.said from (
      select *, max(published) over (partition by stream order by version) as turn from brought) b
    order by b.turn, b.stream, b.version"""
WRITE = """
    insert into event(id, stream, version, type, key, traceparent, tenant, envelope, sealed, at)
    select id, stream, version, type, key, traceparent, tenant, envelope, sealed, at
    from unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bytea[],
      $10::timestamptz[]) with ordinality f(id, stream, version, type, key, traceparent, tenant, envelope, sealed, at, place)
    order by place"""
UNSAID = "delete from outbox"


class NotEmpty(Exception):
    """There are facts in this store, or its service is running."""


@dataclass(frozen=True)
class Gap:
    """Versions of a stream that did not lie on Kafka: forgotten there if it begins with 1, lost otherwise."""

    stream: str
    first: int
    last: int


@dataclass
class Restored:
    """What has become of the records: `facts` are in the store."""

    records: int = 0
    facts: int = 0
    twice: int = 0
    erased: int = 0
    unreadable: list[str] = field(default_factory=list)
    otherwise: list[str] = field(default_factory=list)
    """Places in streams of which another fact was there already."""
    gaps: list[Gap] = field(default_factory=list)


async def reserve(own: Connection) -> None:
    """Keep the relay out for as long as this connection is open. Raises `NotEmpty`."""
    if not await own.fetchval(ALONE, LOCK):
        raise NotEmpty("The service of this store is running. Stop it first: it would publish all of this once more.")
    await empty(own)
    await own.execute(LAID_DOWN)


async def empty(own: Connection) -> None:
    """Raises `NotEmpty`."""
    if not await own.fetchval(EMPTY):
        raise NotEmpty("There are facts in this store already. Stop its service; only an empty store is filled.")


async def lay_down(own: Connection, found: Iterable[Brought], restored: Restored) -> None:
    rows = []
    for one in found:
        restored.records += 1
        fact = one.envelope
        if fact is None:
            restored.unreadable.append(f"{one.topic}[{one.partition}]@{one.offset}: {one.error}")
            continue
        named = (fact.id, fact.subject, fact.streamversion, fact.type, fact.correlationid, fact.tenantid)
        rows.append((*named, fact.traceparent, one.body, fact.time, one.at, one.topic))
    if rows:
        await own.copy_records_to_table("brought", records=rows, columns=COLUMNS)


async def restore(own: Connection, erased: Mapping[str, datetime], restored: Restored) -> None:
    """Sort out what was laid down, and write it in one transaction. Nobody who was `erased` comes back.

    Raises `NotEmpty` if somebody has written while Kafka was read.
    """
    async with own.transaction():
        await own.execute(STILL)
        await empty(own)
        for tenant, at in erased.items():
            await own.execute(ERASED, tenant, at)
        restored.twice = counted(await own.execute(TWICE))
        restored.otherwise = [row["place"] for row in await own.fetch(OTHERWISE)]
        restored.gaps = [Gap(**row) for row in await own.fetch(MISSING)]
        restored.erased = counted(await own.execute(GONE))
        batch: list[Record] = []
        async for row in own.cursor(ORDERED, prefetch=AT_ONCE):
            batch.append(row)
            if len(batch) == AT_ONCE:
                restored.facts += await write(own, batch)
                batch = []
        restored.facts += await write(own, batch)
        await own.execute(UNSAID)  # they were published once


async def write(own: Connection, rows: list[Record]) -> int:
    """Each sealed with a new key of its tenant, as `store.append` does it; the old keys are gone with the old store."""
    keys = await keys_of(own, {row["tenant"] for row in rows if row["tenant"]})
    plain = [None if row["tenant"] else row["body"].decode() for row in rows]
    sealed = [seal(keys[row["tenant"]], row["id"], row["body"]) if row["tenant"] else None for row in rows]
    names = ("id", "stream", "version", "type", "key", "traceparent", "tenant")
    await own.execute(
        WRITE, *([row[name] for row in rows] for name in names), plain, sealed, [row["said"] for row in rows]
    )
    return len(rows)


def counted(answer: str) -> int:
    return int(answer.rpartition(" ")[2])
