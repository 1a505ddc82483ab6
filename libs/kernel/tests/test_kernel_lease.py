"""A machine runs workers that lose leases, wake up late, fail and go on: every effect is said once, and none is lost."""

import asyncio
import os
from collections.abc import Awaitable, Iterator
from datetime import timedelta
from itertools import count
from uuid import uuid4

import asyncpg
import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from kernel_toy_work import broke
from kernel_toys import Ring, ToyRang, ToyWound, create_tables
from pgqueuer.db import AsyncpgDriver
from pgqueuer.errors import RetryRequested
from pgqueuer.ports.repository import EntrypointExecutionParameter
from pgqueuer.queries import Queries
from sqlalchemy import make_url

from philo_contracts.events import JobCancelled, JobFailed, JobRetried
from philo_contracts.shapes import Fault
from philo_kernel.cancellation import stop_cancelled_work
from philo_kernel.database import engine_for
from philo_kernel.lives import Lives
from philo_kernel.order import Order
from philo_kernel.outcome import Outcome
from philo_kernel.retrying import lay_work_aside, take_work_up
from philo_kernel.unit import unit_of_work
from philo_kernel.work import Hopeless, task

pytestmark = [pytest.mark.stack, pytest.mark.heavy]
NUMBERS = count()
WORKERS = st.sampled_from(["one", "two"])
LEASE = timedelta(seconds=10)
LEFT = "select count(*) from pgqueuer where headers->>'job' = $1"
ASIDE = "select count(*) from laid_aside where job = $1"
LETTERS = "select count(*) from dead_letter where headers->>'job' = $1"
TYPES = "select type from event where stream = $1 order by version"


async def never(work: Ring, ports: object) -> None:
    """The machine does the work itself."""


RING = task(Ring, failed=broke)(never)


class Service:
    """One toy service, its loop and its connections, for all runs of the machine."""

    def __init__(self, url: str) -> None:
        self.loop = asyncio.new_event_loop()
        self.engine = engine_for(url, pool=2)
        self.outcome = Outcome("toy", self.engine)
        self.connection = self.loop.run_until_complete(asyncpg.connect(url))
        self.queries = Queries(AsyncpgDriver(self.connection))
        self.managers = {"one": uuid4(), "two": uuid4()}

    def __call__(self, waiting):
        return self.loop.run_until_complete(waiting)

    async def hear(self, handler, fact) -> None:
        async with unit_of_work(self.engine, "toy") as unit:
            await handler.react(fact, unit)

    async def order(self, work: Ring) -> None:
        async with unit_of_work(self.engine, "toy") as unit:
            unit.start(work)

    async def end(self, order: Order, outcome: Awaitable[None]) -> None:
        """As PgQueuer does: what ends well is deleted by its number, whoever has it now."""
        try:
            await outcome
        except RetryRequested as again:
            await self.queries.retry_job(order.job, again.delay or timedelta(0), None)
        else:
            await self.queries.log_jobs([(order.job, "successful", None)])

    async def forget(self) -> None:
        for table in ("pgqueuer", "laid_aside", "dead_letter"):
            await self.connection.execute(f"delete from {table}")

    async def claim(self, worker: str) -> Order | None:
        taking = EntrypointExecutionParameter(concurrency_limit=0)
        jobs = await self.queries.dequeue(1, {"Ring": taking}, self.managers[worker], None, LEASE)
        return Order.of(RING, jobs[0]) if jobs else None

    async def close(self) -> None:
        await self.connection.close()
        await self.engine.dispose()


class Leases(RuleBasedStateMachine):
    """Two workers with a lease each at most; a lease that is lost is not known to whoever held it."""

    service: Service

    def __init__(self) -> None:
        super().__init__()
        self.job, self.held, self.wanted, self.lives = f"job-{next(NUMBERS)}", {}, set(), Lives()
        self.attempt, self.failed, self.cancelled = 1, False, False
        self.service(self.service.forget())

    @precondition(lambda self: not self.cancelled)
    @rule(turn=st.integers(0, 2))
    def work_is_ordered(self, turn):
        self.service(self.service.order(Ring(job=self.job, turn=turn)))
        self.wanted.add(turn)

    @rule(worker=WORKERS)
    def a_worker_claims(self, worker):
        order = self.service(self.service.claim(worker))
        if order and self.lives.want(self.job, order.attempt):
            self.held[worker] = order
        elif order:
            self.service(self.service.end(order, self.service.outcome.lay_aside(order)))

    @precondition(lambda self: self.held)
    @rule(worker=WORKERS)
    def a_worker_is_not_heard_of(self, worker):
        lost = "update pgqueuer set heartbeat = now() - interval '1 minute' where queue_manager_id = $1"
        self.service(self.service.connection.execute(lost, self.service.managers[worker]))

    @precondition(lambda self: self.held)
    @rule(worker=WORKERS)
    def a_worker_says_how_far_it_is(self, worker):
        if order := self.held.get(worker):
            self.service(self.service.outcome.say(order, ToyWound(job=self.job), 1))

    @precondition(lambda self: self.held)
    @rule(worker=WORKERS)
    def a_worker_ends_its_work(self, worker):
        if order := self.held.pop(worker, None):
            self.service(self.service.end(order, self.done(order)))

    async def done(self, order: Order) -> None:
        await self.service.outcome.say(order, ToyWound(job=self.job), 1)
        await self.service.outcome.say(order, ToyRang(job=self.job), 2, last=True)

    @precondition(lambda self: self.held)
    @rule(worker=WORKERS)
    def a_worker_fails_for_good(self, worker):
        if order := self.held.pop(worker, None):
            ending = self.service.outcome.give_up(order.job, Hopeless("broken", "It broke."), order)
            self.service(self.service.end(order, ending))

    @precondition(lambda self: not self.failed and not self.cancelled)
    @rule(known=st.booleans())
    def the_job_fails(self, known):
        fault = Fault(code="broken", message="It broke.", attempt=self.attempt)
        self.service(self.service.hear(lay_work_aside, JobFailed(job=self.job, fault=fault)))
        self.failed = True
        if known:
            self.lives.end(self.job, self.attempt)

    @precondition(lambda self: self.failed)
    @rule()
    def the_job_is_retried(self):
        self.attempt, self.failed = self.attempt + 1, False
        fact = JobRetried(job=self.job, attempt=self.attempt, reason="again")
        self.service(self.service.hear(take_work_up, fact))

    @precondition(lambda self: len(self.wanted) == 3 and not self.cancelled)
    @rule(really=st.integers(0, 4))
    def the_job_is_cancelled(self, really):
        if not really:
            self.cancelled, self.failed = True, False
            self.service(self.service.hear(stop_cancelled_work, JobCancelled(job=self.job, reason="enough")))

    def said(self, turn: int) -> list[str]:
        rows = self.service(self.service.connection.fetch(TYPES, f"ring/{self.job}/{turn}"))
        return [row["type"] for row in rows]

    def teardown(self) -> None:
        """Whatever has happened: once nobody is late any more and the job is retried, all that was wanted is there."""
        for worker in ("one", "two"):
            self.a_worker_is_not_heard_of(worker)
        if not self.cancelled:
            self.failed or self.the_job_fails(known=True)
            self.the_job_is_retried()
        while order := self.service(self.service.claim("one")):
            self.service(self.service.end(order, self.done(order)))
        left = [self.service(self.service.connection.fetchval(query, self.job)) for query in (LEFT, ASIDE)]
        assert left == [0, 0]
        for turn in self.wanted:
            assert self.said(turn) in ([], ["ToyWound"], ["ToyWound", "ToyRang"])
        if not self.cancelled:
            assert all(self.said(turn) == ["ToyWound", "ToyRang"] for turn in self.wanted)
            assert self.service(self.service.connection.fetchval(LETTERS, self.job)) == 0


async def hastily(url: str) -> None:
    """Nobody pulls the plug here, and ten thousand commits need not wait for the disk."""
    connection = await asyncpg.connect(url)
    await connection.execute(f'alter database "{make_url(url).database}" set synchronous_commit = off')
    await connection.close()


@pytest.fixture
def service(database: str) -> Iterator[Service]:
    asyncio.run(create_tables(database))
    asyncio.run(hastily(database))
    made = Service(database)
    yield made
    made(made.close())
    made.loop.close()


def test_every_effect_is_said_once_whoever_loses_a_lease_and_none_is_lost(service):
    Leases.service = service
    profile = settings.get_profile(os.environ.get("HYPOTHESIS_PROFILE", "machines"))
    # Over a real database a run takes a tenth of a second: what fails is told as it came, and not made shorter.
    as_it_comes = settings(profile, phases=[Phase.explicit, Phase.generate])
    run_state_machine_as_test(Leases, settings=as_it_comes)
