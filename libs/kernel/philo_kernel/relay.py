"""Carries facts from the event table to Kafka, in the order in which they were written."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from uuid import UUID

import asyncpg
import structlog
from aiokafka import AIOKafkaProducer

from philo_kernel import store, telemetry
from philo_kernel.metrics import events as figures

BATCH = 500
POLL = 1.0
LOCK = 7001
# What was published is forgotten by the statement that asks for what waits behind it: one round trip a batch. The
# sub-select comes first: a plain join is planned as a merge that walks all history.
WAITING = """
    with published as (delete from outbox where position = any($2::bigint[]))
    select position, id, key, type, traceparent, envelope, sealed, secret, erased_at
    from (select position from outbox where position <> all($2::bigint[]) order by position limit $1) waiting
    join event using (position) left join data_key using (tenant) order by position"""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
Producing = Callable[[], AbstractAsyncContextManager[AIOKafkaProducer]]


class Relay:
    """One publisher a database, under one advisory lock. Its connection is the lease: the lock dies with it.

    Each run has a producer of its own: an idempotent one is of no use after a send has failed.
    """

    def __init__(self, dsn: str, topic: str, producing: Producing) -> None:
        self.dsn, self.topic, self.producing = dsn, topic, producing
        self.woken = asyncio.Event()
        self.sent = 0

    async def run(self) -> None:
        """Publish until cancelled. Any failure ends the run, so that nothing later can overtake what failed."""
        async with self.producing() as producer:
            await self.carry(producer)

    async def carry(self, producer: AIOKafkaProducer) -> None:
        connection = await asyncpg.connect(
            self.dsn,
            server_settings={
                "tcp_keepalives_idle": "5",
                "tcp_keepalives_interval": "5",
                "tcp_user_timeout": "10000",
            },
        )
        try:
            while not await connection.fetchval("select pg_try_advisory_lock($1)", LOCK):  # noqa: ASYNC110 - in another process
                await asyncio.sleep(POLL)
            await connection.add_listener("outbox", lambda *_: self.woken.set())
            connection.add_termination_listener(lambda *_: self.woken.set())
            log.info("relay holds the lock", topic=self.topic)
            figures.LEADS.set(1)
            published: Sequence[int] = ()
            while True:
                self.woken.clear()
                published = await self.publish(connection, producer, published)
                if not published:
                    with suppress(TimeoutError):  # NOTIFY is a hint, the poll is the truth
                        await asyncio.wait_for(self.woken.wait(), POLL)
        finally:
            figures.LEADS.set(0)
            await connection.close(timeout=2)

    async def publish(
        self, connection: asyncpg.Connection, producer: AIOKafkaProducer, published: Sequence[int]
    ) -> Sequence[int]:
        """Forget what was published, and send what waits, at most one batch. Whose positions the broker has on disk."""
        waiting, began = await connection.fetch(WAITING, BATCH, published), time.time_ns()
        read = readable(waiting)
        rows = [row for row, _ in read]
        acknowledged = [
            await producer.send(
                self.topic,
                body,
                key=row["key"].encode(),
                headers=headers(row["id"], row["type"], row["traceparent"]),
            )
            for row, body in read
            if body is not None  # whose it was has been erased, and with it the fact
        ]
        await asyncio.gather(*acknowledged)
        self.sent += len(rows)
        figures.PUBLISHED.inc(len(rows))
        if telemetry.recording():
            trace(self.topic, began, rows)
        return [row["position"] for row in rows]


def readable(rows: Sequence[asyncpg.Record]) -> list[tuple[asyncpg.Record, bytes | None]]:
    """Rows and their bodies, up to one whose key is lost: nothing overtakes it, and what is before it is sent once.
    Raises `Unreadable` where that is the first."""
    read: list[tuple[asyncpg.Record, bytes | None]] = []
    for row in rows:
        try:
            read.append((row, store.read(row)))
        except store.Unreadable:
            if not read:
                raise
            break
    return read


def trace(topic: str, began: int, rows: Sequence[asyncpg.Record]) -> None:
    """How long it took from being found to being on the broker's disks: one span for what was said in one place."""
    places: dict[str, list[str]] = {}
    for row in rows:
        if row["traceparent"]:
            places.setdefault(row["traceparent"], []).append(row["type"])
    for place, types in places.items():
        telemetry.told(f"publish {topic}", place, began, facts=types, batch=len(rows))


def headers(event: UUID, kind: str, traceparent: str | None) -> list[tuple[str, bytes]]:
    """What a consumer may want to know before it decodes the body."""
    trace = [("traceparent", traceparent.encode())] if traceparent else []
    return [("id", str(event).encode()), ("type", kind.encode()), *trace]
