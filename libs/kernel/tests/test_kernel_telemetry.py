"""One trace a job: what lies with a fact goes on where it is handled, in the work that it causes, and in what that says."""

import asyncio
from collections.abc import Iterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from kernel_toys import Ring, ToyRang, ToyWound, lying, until, wound
from recorded_traces import Recording, recording

from philo_kernel.consumer import Consumer
from philo_kernel.handler import on
from philo_kernel.logs import add_trace
from philo_kernel.service import ended
from philo_kernel.unit import unit_of_work
from philo_kernel.work import Passing, Retries, task
from philo_kernel.worker import Worker

pytestmark = pytest.mark.stack

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
CAUSE = f"00-{TRACE}-{PARENT}-01"
OTHER = f"00-{TRACE}-{'a' * 16}-01"


@pytest.fixture
def recorded() -> Iterator[Recording]:
    with recording() as one:
        yield one


@on(ToyWound)
async def wind(fact, unit):
    unit.start(Ring(job=fact.job), waited_for=[OTHER])


def caused():
    return wound("a").model_copy(update={"traceparent": CAUSE})


def consumer(engine, *handlers):
    async def unheard(record) -> None:
        """The dead letters' topic."""

    return Consumer("toy", handlers, engine, unheard)


@asynccontextmanager
async def working(engine, dsn, one):
    worker = Worker("toy", [one], engine, None, 4)
    running = asyncio.create_task(worker.run(dsn))
    yield
    await worker.drain(10)
    await ended(running)


async def test_the_trace_of_a_fact_goes_on_in_its_handler_its_task_and_its_result(engine, dsn, look, recorded):
    @task(Ring)
    async def ring(work, ports):
        return ToyRang(job=work.job)

    await consumer(engine, wind).receive(lying(caused()))
    async with working(engine, dsn, ring):
        await until(lambda: look.types("ring/a/0"))
    handled, done = recorded.told()
    assert [span.name for span in (handled, done)] == ["toy.wind", "toy.Ring"]
    assert {handled.trace, done.trace} == {TRACE}
    assert (handled.parent, done.parent) == (PARENT, handled.id)
    assert done.links == ((TRACE, "a" * 16),)
    async with unit_of_work(engine, "toy") as unit:
        (result,) = await unit.load("ring/a/0")
    assert result.traceparent == f"00-{TRACE}-{done.id}-01"


async def test_what_is_said_at_the_end_of_a_unit_is_in_the_trace_of_who_wanted_it(engine, recorded):
    @on(ToyWound)
    async def settle(fact, unit):
        async def write() -> None:
            unit.say(ToyRang(job=fact.job), stream="late/a")

        unit.before_commit(write)

    await consumer(engine, settle).receive(lying(caused()))
    (handled,) = recorded.told()
    async with unit_of_work(engine, "toy") as unit:
        (late,) = await unit.load("late/a")
    assert late.traceparent == f"00-{TRACE}-{handled.id}-01"


async def test_every_try_of_a_task_is_a_span_that_says_how_it_ended(engine, dsn, look, recorded):
    tries: list[int] = []

    @task(Ring, retries=Retries(attempts=3, first=timedelta(0), longest=timedelta(0)))
    async def ring(work, ports):
        tries.append(1)
        if len(tries) == 1:
            raise Passing("the bell is away")
        return ToyRang(job=work.job)

    await consumer(engine, wind).receive(lying(caused()))
    async with working(engine, dsn, ring):
        await until(lambda: look.types("ring/a/0"))
    handled, first, second = recorded.told()
    assert {first.parent, second.parent} == {handled.id}
    assert [one.attributes["philo.attempt"] for one in (first, second)] == [1, 2]
    assert (first.failure, second.failure) == ("the bell is away", None)
    assert first.events == ("begun", "exception", "tried again later")


async def test_a_task_that_is_given_up_is_a_span_that_says_why(engine, dsn, look, recorded):
    @task(Ring)
    async def ring(work, ports):
        raise ValueError("there is no bell")

    await consumer(engine, wind).receive(lying(caused()))
    async with working(engine, dsn, ring):
        await until(lambda: look.value("select true from dead_letter"))
    _, given_up = recorded.told()
    assert given_up.failure == "there is no bell"


async def test_a_fact_that_is_delivered_again_leaves_a_mark_and_no_more(engine, recorded):
    record = lying(caused())
    await consumer(engine, wind).receive(record)
    await consumer(engine, wind).receive(record)
    first, again = recorded.told()
    assert "philo.redelivered" not in first.attributes
    assert again.attributes["philo.redelivered"] is True
    assert again.parent == PARENT


async def test_a_fact_that_is_parked_says_so_in_its_trace(engine, recorded):
    @on(ToyWound)
    async def stumble(fact, unit):
        raise ValueError("it cannot be wound")

    await consumer(engine, stumble).receive(lying(caused()))
    together, alone, parked = recorded.told()
    assert [one.failure for one in (together, alone, parked)] == ["it cannot be wound"] * 3
    assert parked.name == "toy.stumble parked"
    assert {one.parent for one in (together, alone, parked)} == {PARENT}


async def test_a_log_line_says_which_trace_job_and_fact_it_belongs_to(engine, recorded):
    seen: list[dict] = []
    cause = caused()

    @on(ToyWound)
    async def speak(fact, unit):
        seen.append(dict(add_trace(None, "", {})))

    await consumer(engine, speak).receive(lying(cause))
    (line,) = seen
    assert (line["trace_id"], line["correlation_id"], line["causation_id"]) == (TRACE, "a", str(cause.id))
