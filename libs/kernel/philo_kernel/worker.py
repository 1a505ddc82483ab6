"""Runs the long work on PgQueuer and says its result in one short transaction."""

from __future__ import annotations

import asyncio
import inspect
import random
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import asyncpg
import structlog
from pgqueuer import PgQueuer
from pgqueuer.errors import RetryRequested
from pgqueuer.models import Context, Job
from philo_contracts.events import Event
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_kernel import dead_letters, telemetry
from philo_kernel.cancellation import CHANNEL, Cancellations
from philo_kernel.children import ChildDied
from philo_kernel.dead_letters import Parcel
from philo_kernel.failures import database_away, in_the_way
from philo_kernel.store import StreamConflict
from philo_kernel.unit import Unit, unit_of_work
from philo_kernel.work import Passing, Retries, Say, Task, Work, fault_of

LEASE = timedelta(seconds=10)
"""A dead worker's task is taken again after this. Work runs in children, so the loop is always free to beat."""

# The result and the end of its order commit together, so no crash between the two can run it again.
DONE = "delete from pgqueuer where id = $1"
NEXT_VERSION = "select coalesce(max(version), 0) + 1 from event where stream = $1"

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Order:
    """One task in hand."""

    task: Task
    work: Work
    job: Job

    @property
    def last_attempt(self) -> bool:
        return self.job.attempts + 1 >= self.task.retries.attempts


class Worker:
    """Claims a service's tasks, most urgent first, never more at once than `parallel`."""

    def __init__(self, name: str, tasks: Sequence[Task], engine: AsyncEngine, ports: object, parallel: int) -> None:
        self.name, self.tasks, self.engine, self.ports, self.parallel = name, tasks, engine, ports, parallel
        self.cancellations = Cancellations()
        self.quiet = asyncio.Event()
        self.quiet.set()
        self.running = 0
        self.queue: PgQueuer | None = None

    async def run(self, dsn: str) -> None:
        connection = await asyncpg.connect(dsn)
        try:
            await self.cancellations.load(connection)
            await connection.add_listener(CHANNEL, lambda *args: self.cancellations.add(str(args[-1])))
            self.queue = PgQueuer.from_asyncpg_connection(connection)
            for task in self.tasks:
                self.queue.entrypoint(task.work.__name__, accepts_context=True)(self.entrypoint(task))
            await self.queue.qm.run(
                batch_size=max(1, self.parallel // 2),
                max_concurrent_tasks=max(2, self.parallel),
                dequeue_timeout=timedelta(seconds=5),
                heartbeat_timeout=LEASE,
                shutdown_on_listener_failure=True,
            )
        finally:
            await connection.close(timeout=2)

    def stop(self) -> None:
        """Claim nothing more; what runs may end."""
        if self.queue:
            self.queue.shutdown.set()

    async def idle(self) -> None:
        """Returns when nothing runs any more."""
        await self.quiet.wait()

    def entrypoint(self, task: Task) -> Callable[[Job, Context], Awaitable[None]]:
        async def perform(job: Job, context: Context) -> None:
            work = task.work.model_validate_json(job.payload or b"")
            if work.job in self.cancellations:
                return
            with (
                context.cancellation,
                telemetry.span(
                    f"{self.name}.{task.work.__name__}",
                    telemetry.traceparent_of(job.headers),
                    job=work.job,
                ),
                self.busy(),
            ):
                await self.carry_out(Order(task, work, job))

        return perform

    @contextmanager
    def busy(self) -> Iterator[None]:
        self.running += 1
        self.quiet.clear()
        try:
            yield
        finally:
            self.running -= 1
            if not self.running:
                self.quiet.set()

    async def carry_out(self, order: Order) -> None:
        said = 0

        async def say(fact: Event) -> None:
            nonlocal said
            said += not fact.progress
            await self.say(order, fact, said)

        try:
            result = await self.within_limits(order, say)
        except Exception as error:  # noqa: BLE001 - the kind of failure decides
            await self.fail(order, error)
        else:
            await self.say(order, result, said + 1, last=True)

    async def within_limits(self, order: Order, say: Say) -> Event | None:
        """The soft limit cancels (children are asked, then killed); past the hard one nobody waits any longer."""
        limits, takes = order.task.limits, len(inspect.signature(order.task.perform).parameters)
        arguments: tuple[Any, ...] = (order.work, self.ports, say)[:takes]
        running = asyncio.ensure_future(order.task.perform(*arguments))
        try:
            done, _ = await asyncio.wait({running}, timeout=limits.soft.total_seconds())
            if done:
                return running.result()
            running.cancel()
            await asyncio.wait({running}, timeout=(limits.hard - limits.soft).total_seconds())
            raise TimeoutError(f"{type(order.work).__name__} took longer than {limits.soft} and was stopped")
        finally:
            running.cancel()

    async def say(self, order: Order, fact: Event | None, version: int, *, last: bool = False) -> None:
        """Commit a fact; a last one together with the end of its order. Someone who was faster has said it already."""
        while True:
            try:
                async with unit_of_work(self.engine, self.name) as unit:
                    if fact is not None:
                        await self.write(unit, order, fact, version)
                    if last:
                        await unit.flush()
                        await unit.connection.execute(DONE, order.job.id)
            except StreamConflict:
                return await self.already_said(order, fact, version)
            except Exception as error:
                if not (database_away(error) or in_the_way(error)):
                    raise
                log.warning("a result waits for the database", work=type(order.work).__name__, error=repr(error))
                await asyncio.sleep(1)
            else:
                return None

    async def write(self, unit: Unit, order: Order, fact: Event, version: int) -> None:
        if fact.progress:
            stream = f"{order.work.effect}/progress"
            version = await unit.connection.fetchval(NEXT_VERSION, stream)
            unit.say(fact, stream=stream, version=version)
        else:
            unit.say(fact, stream=order.work.effect, version=version)

    async def already_said(self, order: Order, fact: Event | None, version: int) -> None:
        async with unit_of_work(self.engine, self.name) as unit:
            stored = await unit.load(order.work.effect)
        other = next((past for past in stored if past.streamversion == version), None)
        if fact is not None and not fact.progress and other is not None and other.type != type(fact).__name__:
            raise StreamConflict(
                f"{order.work.effect} says {other.type} at version {version}, not {type(fact).__name__}"
            )

    async def fail(self, order: Order, error: Exception) -> None:
        passing = isinstance(error, Passing | ChildDied | OSError) and not isinstance(error, TimeoutError)
        if passing and not order.last_attempt:
            raise RetryRequested(delay=backoff(order.task.retries, order.job.attempts), reason=repr(error)) from error
        log.error("a task has failed for good", work=type(order.work).__name__, job=order.work.job, error=repr(error))
        async with unit_of_work(self.engine, self.name) as unit:
            await dead_letters.park(unit.connection, parcel_of(order, error))
            if order.task.failed:
                stream = f"{order.work.effect}/fault"
                version = await unit.connection.fetchval(NEXT_VERSION, stream)
                unit.say(order.task.failed(order.work, fault_of(error)), stream=stream, version=version)
            await unit.flush()
            await unit.connection.execute(DONE, order.job.id)


def backoff(retries: Retries, attempts: int) -> timedelta:
    """Exponential with full jitter, so that those who failed together do not come back together."""
    longest = min(retries.longest, retries.first * 2**attempts)
    return timedelta(seconds=longest.total_seconds() * random.random())  # noqa: S311 - spreading load, not hiding a secret


def parcel_of(order: Order, error: Exception) -> Parcel:
    return Parcel(
        kind="task",
        handler=type(order.work).__name__,
        value=order.work.model_dump_json().encode(),
        error=error,
        attempts=order.job.attempts + 1,
        type=type(order.work).__name__,
        stream=order.work.effect,
        headers={key: str(value) for key, value in (order.job.headers or {}).items()},
        traceparent=telemetry.traceparent_of(order.job.headers),
    )
