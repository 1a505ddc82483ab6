"""Runs the long work on PgQueuer and says its result in one short transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta

import asyncpg
import structlog
from pgqueuer.errors import RetryRequested
from pgqueuer.models import Context, Job
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_contracts.events import Event
from philo_kernel import telemetry
from philo_kernel.children import ChildDied
from philo_kernel.lives import CHANNEL, Lives
from philo_kernel.metrics import orders as figures
from philo_kernel.order import Order, span_of
from philo_kernel.outcome import Outcome
from philo_kernel.performance import Performance
from philo_kernel.queue import FrugalQueueManager
from philo_kernel.retries import rest, wished
from philo_kernel.work import Passing, Task

LEASE = timedelta(seconds=10)
"""A dead worker's task is taken again after this. Work runs in children, so the loop is always free to beat."""
# PgQueuer holds what it could not put back itself, as when the connection went in between: that is no end of an order.
TAKE_UP = "update pgqueuer set status = 'queued', queue_manager_id = null, updated = now() where status = 'failed'"
TAKES_SAY = 3
LEAVING = 5.0
"""Seconds that handing back takes at most."""

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class Worker:
    """Claims a service's tasks, most urgent first, never more at once than `parallel`."""

    def __init__(self, name: str, tasks: Sequence[Task], engine: AsyncEngine, ports: object, parallel: int) -> None:
        self.name, self.tasks, self.ports, self.parallel = name, tasks, ports, parallel
        self.outcome = Outcome(name, engine)
        self.lives = Lives()
        self.turns = asyncio.Semaphore(parallel)
        self.leaving, self.over = asyncio.Event(), asyncio.Event()
        self.over.set()
        self.stopping = False
        self.queue: FrugalQueueManager | None = None
        for task in tasks:
            figures.FAILURES.of(task.work.__name__)  # told from the first, as none

    async def run(self, dsn: str) -> None:
        """Claim and carry out until `drain`, or until the connection is lost."""
        if self.stopping:
            return
        connection = await asyncpg.connect(dsn)
        figures.CAPACITY.set(self.parallel)
        self.over.clear()
        try:
            # Listen first: what is told while the known ones are read must not be missed.
            await connection.add_listener(CHANNEL, lambda *args: self.lives.tell(str(args[-1])))
            await self.lives.load(connection)
            self.queue = FrugalQueueManager.on(connection)
            for task in self.tasks:
                name = task.work.__name__
                self.queue.entrypoint(name, accepts_context=True, on_failure="hold")(self.entrypoint(task))
            await connection.execute(TAKE_UP)
            if not self.stopping:
                await self.claim(self.queue)
        finally:
            self.over.set()
            await connection.close(timeout=2)

    async def claim(self, queue: FrugalQueueManager) -> None:
        await queue.run(
            batch_size=max(1, self.parallel // 2),
            max_concurrent_tasks=max(2, self.parallel),  # PgQueuer wants twice the batch; `turns` holds the promise
            dequeue_timeout=timedelta(seconds=5),
            heartbeat_timeout=LEASE,
            shutdown_on_listener_failure=True,
        )

    def retire(self) -> None:
        """Claim nothing more."""
        self.stopping = True
        if self.queue:
            self.queue.shutdown.set()

    async def drain(self, patience: float) -> None:
        """Retire and let what runs end; what has not ended in time goes back to the queue at once."""
        self.retire()
        with suppress(TimeoutError):
            await asyncio.wait_for(self.over.wait(), patience)
        self.leaving.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(self.over.wait(), LEAVING)

    def entrypoint(self, task: Task) -> Callable[[Job, Context], Awaitable[None]]:
        async def perform(job: Job, context: Context) -> None:
            try:
                with context.cancellation, span_of(self.name, job) as span:
                    async with self.turns:
                        span.add_event("begun")
                        with figures.carried_out(job):
                            await self.tried(task, job)
            except asyncio.CancelledError as error:
                # Nobody cancelled the job: the process goes. PgQueuer would take it for cancelled, and drop it.
                raise RetryRequested(reason="its worker was stopped") from error

        return perform

    async def tried(self, task: Task, job: Job) -> None:
        """A try that will be made again is over, and tells why."""
        try:
            await self.carry_out(task, job)
        except RetryRequested as wish:
            if wish.__cause__:
                telemetry.failed(wish.__cause__)
            delay = wish.delay.total_seconds() if wish.delay else None
            telemetry.happened("tried again later" if wish.__cause__ else "handed back", delay=delay)
            telemetry.over()
            raise

    async def carry_out(self, task: Task, job: Job) -> None:
        try:
            order = Order.of(task, job)
        except Exception as error:  # noqa: BLE001 - an order nobody can read is a bug, and is kept
            telemetry.failed(error)
            return await self.outcome.give_up(job, error)
        if self.lives.want(order.work.job, order.attempt):
            return await self.settle(order)
        telemetry.happened("laid aside")
        return await self.outcome.lay_aside(order)

    async def settle(self, order: Order) -> None:
        said = 0

        async def say(fact: Event) -> None:
            nonlocal said
            if fact.own_stream:
                return await self.outcome.say_aside(order, fact, fact.own_stream)
            said += not fact.progress
            return await self.outcome.say(order, fact, said)

        try:
            before = await self.outcome.said(order) if order.task.takes > TAKES_SAY else ()
            result = await Performance(order, self.leaving).of(self.ports, say, before)
            await self.outcome.say(order, result, said + 1, last=True)
        except RetryRequested:
            raise
        except Exception as error:  # the kind of failure decides
            retries = wished(order.task.retries, await self.outcome.life_of(order))
            if passing(error) and order.job.attempts + 1 < retries.attempts:
                delay = rest(error, retries, order.job.attempts)
                log.warning("a task is tried again", work=order.name, job=order.work.job, error=repr(error))
                raise RetryRequested(delay=delay, reason=repr(error)) from error
            telemetry.failed(error)
            await self.outcome.give_up(order.job, error, order)


def passing(error: Exception) -> bool:
    """Gone the next time, perhaps. What took too long will take too long again, though Python counts it as an OSError."""
    return isinstance(error, Passing | ChildDied | OSError) and not isinstance(error, TimeoutError)
