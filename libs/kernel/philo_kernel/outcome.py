"""How a task ends: its result, or its letter, together with the end of its order."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from json import dumps
from typing import TypeVar, cast

import structlog
from asyncpg import Connection, UniqueViolationError
from pgqueuer.errors import RetryRequested
from pgqueuer.models import Job
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_contracts.envelope import Envelope, wrap
from philo_contracts.events import Event
from philo_kernel import dead_letters, lives, store, telemetry
from philo_kernel.data_keys import TenantErased
from philo_kernel.database import connected
from philo_kernel.enqueue import again, enqueue
from philo_kernel.failures import database_away, in_the_way
from philo_kernel.lives import Life
from philo_kernel.metrics import orders as figures
from philo_kernel.order import Order, parcel_of
from philo_kernel.store import APPEND, StreamConflict, appending
from philo_kernel.unit import Unit, unit_of_work
from philo_kernel.work import fault_of

# One statement each, and so one round trip and no transaction around it. An order that is gone was cancelled, or
# someone else has done it: then nothing is said any more.
TAKEN = appending(", ordered_at, begun_at, attempts", ", took.created, took.updated, took.attempts + 1")
TOOK = "id, created, updated, attempts"
SAY = f"with took as (select {TOOK} from pgqueuer where id = $10 for update) {TAKEN}, took"  # noqa: S608 - our own words
# Result and end of the order commit together, so no crash between the two can run it again.
SAY_LAST = f"with took as (delete from pgqueuer where id = $10 returning {TOOK}) {TAKEN}, took"  # noqa: S608 - our own words
# What was paid for is told even if nobody wants the work any more; its stream is its own, so that it is told once.
SAY_ASIDE = f"{APPEND} on conflict (stream, version) do nothing"
# One that another worker has taken over may still go well there.
OURS = "select true from pgqueuer where id = $1 and queue_manager_id = $2 for update"
DONE = "delete from pgqueuer where id = $1"
ASIDE = "insert into laid_aside(job, entrypoint, payload, headers) values ($1, $2, $3, $4::jsonb)"
NEXT_VERSION = "select coalesce(max(version), 0) + 1 from event where stream = $1"
AGAIN = 1.0

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)
T = TypeVar("T")


class Outcome:
    """Writes what comes of a service's tasks. Waits while the database is away: finished work is not thrown away."""

    def __init__(self, name: str, engine: AsyncEngine) -> None:
        self.name, self.engine = name, engine

    async def say(self, order: Order, fact: Event | None, version: int, *, last: bool = False) -> None:
        """Commit a fact, a last one with the end of its order. Someone who was faster may have said it already.

        Raises `StreamConflict` when another type of fact stands in its place.
        """

        async def write(connection: Connection) -> None:
            if fact is None:
                await connection.execute(DONE, order.job.id)
                return
            envelope = await self.envelope(connection, order, fact, version)
            try:
                columns = await store.columns_of(connection, [envelope])
                await connection.execute(SAY_LAST if last else SAY, *columns, order.job.id)
            except UniqueViolationError as error:
                raise StreamConflict(str(error)) from error

        try:
            await self.persistently(lambda: self.on_connection(write))
        except StreamConflict as conflict:
            await self.agree(order, fact, version, conflict)
        except TenantErased:
            log.info("nobody is left to do this for", work=order.name)  # and its order went with them

    async def say_aside(self, order: Order, fact: Event, stream: str) -> None:
        """Commit a fact that has a stream of its own; saying it twice changes nothing."""

        async def write(connection: Connection) -> None:
            envelope = self.wrapped(order, fact, stream, 1)
            await connection.execute(SAY_ASIDE, *await store.columns_of(connection, [envelope]))

        with suppress(TenantErased):
            await self.persistently(lambda: self.on_connection(write))

    async def envelope(self, connection: Connection, order: Order, fact: Event, version: int) -> Envelope:
        """Results are versions of their effect; news of progress have a stream beside it."""
        stream = order.effect
        if fact.progress:
            stream = f"{order.effect}/progress"
            version = await connection.fetchval(NEXT_VERSION, stream)
        return self.wrapped(order, fact, stream, version)

    def wrapped(self, order: Order, fact: Event, stream: str, version: int) -> Envelope:
        return wrap(
            fact,
            source=self.name,
            stream=stream,
            version=version,
            because=order.because,
            tenant=order.tenant,
            traceparent=telemetry.current(),
        )

    async def agree(self, order: Order, fact: Event | None, version: int, conflict: StreamConflict) -> None:
        if fact is None or fact.progress:
            return

        async def stored(unit: Unit) -> str | None:
            return next((past.type for past in await unit.load(order.effect) if past.streamversion == version), None)

        other = await self.committed(stored)
        if other not in {None, type(fact).__name__}:
            words = f"{order.effect} says {other} at version {version}, not {type(fact).__name__}"
            raise StreamConflict(words) from conflict

    async def give_up(self, job: Job, error: Exception, order: Order | None = None) -> None:
        """Park it with its cause, say that it failed, and end the order. What failed in an attempt that is over begins anew
        in the one that is on."""
        figures.FAILURES.of(job.entrypoint).inc()
        log.error("a task has failed for good", work=job.entrypoint, headers=job.headers, error=repr(error))

        async def write(unit: Unit) -> None:
            life = await lives.life_of(unit.connection, order.work.job) if order else Life()
            await self.still_ours(unit, job)
            if order and life.attempt > order.attempt:
                await self.begin_anew(unit, job)
                return
            await dead_letters.park(unit.connection, parcel_of(job, error, order))
            if order and order.task.failed:
                stream = f"{order.effect}/fault"
                version = await unit.connection.fetchval(NEXT_VERSION, stream)
                fact = order.task.failed(order.work, fault_of(error, order.attempt))
                await store.append(unit.connection, [self.wrapped(order, fact, stream, version)])
            await unit.connection.execute(DONE, job.id)

        with suppress(TenantErased):  # nobody is left to be told, and the order went with them
            await self.committed(write)

    async def lay_aside(self, order: Order) -> None:
        """Keep an order of an attempt that is over for the next one, which may have begun already; drop what nobody will
        want again."""
        job = order.job

        async def write(unit: Unit) -> None:
            life = await lives.life_of(unit.connection, order.work.job)
            await self.still_ours(unit, job)
            if life.over != lives.ALL and life.attempt > order.attempt:
                await self.begin_anew(unit, job)
                return
            if life.over != lives.ALL and order.work.kept:
                await unit.connection.execute(ASIDE, order.work.job, job.entrypoint, job.payload, dumps(job.headers))
            await unit.connection.execute(DONE, job.id)

        await self.committed(write)

    async def still_ours(self, unit: Unit, job: Job) -> None:
        """Raises `RetryRequested` for an order that was taken over, or is gone: PgQueuer would delete it by its number when
        this run of it ends, under the hands of who has it now. To put it back changes nothing for that one."""
        if not await unit.connection.fetchval(OURS, job.id, job.queue_manager_id):
            raise RetryRequested(reason="another worker has taken it over")

    async def begin_anew(self, unit: Unit, job: Job) -> None:
        await enqueue(unit.connection, [again(job.entrypoint, job.payload or b"", job.headers or {})])
        await unit.connection.execute(DONE, job.id)

    async def life_of(self, order: Order) -> Life:
        return await self.committed(lambda unit: lives.life_of(unit.connection, order.work.job))

    async def said(self, order: Order) -> list[Event]:
        """What was said of this effect before, in order."""

        async def stored(unit: Unit) -> list[Event]:
            return [past.fact() for past in await unit.load(order.effect)]

        return await self.committed(stored)

    async def committed(self, write: Callable[[Unit], Awaitable[T]]) -> T:
        async def in_unit() -> T:
            async with unit_of_work(self.engine, self.name) as unit:
                return await write(unit)

        return await self.persistently(in_unit)

    async def on_connection(self, write: Callable[[Connection], Awaitable[None]]) -> None:
        async with connected(self.engine) as connection:
            await write(cast("Connection", (await connection.get_raw_connection()).driver_connection))

    async def persistently(self, write: Callable[[], Awaitable[T]]) -> T:
        while True:
            try:
                return await write()
            except Exception as error:
                if isinstance(error, StreamConflict) or not (database_away(error) or in_the_way(error)):
                    raise
                log.warning("an outcome waits for the database", error=repr(error))
                await asyncio.sleep(AGAIN)
