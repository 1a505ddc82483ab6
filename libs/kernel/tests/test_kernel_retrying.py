"""A job that failed: its work stops, is laid aside as it was, and begins anew when the job is retried."""

import asyncio

import pytest
from kernel_toy_work import AT_ONCE, a_worker, broke, nothing_left, order
from kernel_toys import Polish, Ring, ToyRang, ToyWound, until, wound

from philo_contracts.events import JobCancelled, JobFailed, JobRequested, JobRetried
from philo_contracts.shapes import Fault
from philo_kernel.cancellation import stop_cancelled_work
from philo_kernel.dead_letters import Parcel, park
from philo_kernel.retrying import lay_work_aside, note_terms, take_work_up
from philo_kernel.unit import unit_of_work
from philo_kernel.work import Hopeless, Passing, task

pytestmark = pytest.mark.stack
LEFT = "select entrypoint from laid_aside order by id"


async def hears(engine, handler, fact) -> None:
    async with unit_of_work(engine, "toy") as unit:
        await handler.react(fact, unit)


async def fails(engine, attempt: int = 1) -> None:
    fault = Fault(code="broken", message="It broke.", attempt=attempt)
    await hears(engine, lay_work_aside, JobFailed(job="a", fault=fault))


async def is_retried(engine, attempt: int = 2) -> None:
    await hears(engine, take_work_up, JobRetried(job="a", attempt=attempt, reason="again"))


@task(Ring)
async def ring(work: Ring, ports: object) -> ToyRang:
    return ToyRang(job=work.job, turn=work.turn)


@task(Polish)
async def polish(work: Polish, ports: object) -> ToyRang:
    return ToyRang(job=work.job)


async def test_a_failed_jobs_work_is_laid_aside_and_what_runs_is_stopped(engine, dsn, look):
    begun, left = asyncio.Event(), asyncio.Event()

    @task(Ring)
    async def ringing(work: Ring, ports: object) -> ToyRang:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            left.set()

    await order(engine, Ring(job="a"))
    async with a_worker(engine, dsn, ringing):
        await begun.wait()
        await order(engine, Polish(job="a"), Polish(job="b"))
        await fails(engine)
        await left.wait()
    assert await look.column(LEFT) == ["Ring", "Polish"]
    assert await look.column("select headers->>'job' from pgqueuer") == ["b"]
    assert (await look.counts())["dead_letter"] == 0


async def test_a_retry_takes_up_what_was_left_and_what_broke_and_nothing_that_is_done(engine, dsn, look):
    mended, done = False, []

    @task(Ring, retries=AT_ONCE, failed=broke)
    async def ringing(work: Ring, ports: object) -> ToyRang:
        if work.turn == 2 and not mended:
            raise Hopeless("broken", "It broke.")
        done.append(work.turn)
        return ToyRang(job=work.job, turn=work.turn)

    await order(engine, Ring(job="a", turn=1), Ring(job="a", turn=2))
    async with a_worker(engine, dsn, ringing, polish):
        await until(nothing_left(look))
        await fails(engine)
        await order(engine, Polish(job="a"))  # what comes late finds the job failed
        await until(lambda: look.column(LEFT))
        assert await look.types("polish/a") == []
        mended = True
        await is_retried(engine)
        await until(nothing_left(look))
    assert done == [1, 2]
    assert (await look.types("ring/a/2"), await look.types("polish/a")) == (["ToyRang"], ["ToyRang"])
    assert (await look.counts())["dead_letter"] == 0


async def test_what_an_attempt_that_is_over_has_left_in_the_queue_begins_anew_in_the_one_that_is_on(engine, dsn, look):
    await order(engine, Ring(job="a"))
    await look.connection.execute("insert into job_life(job, attempt, over) values ('a', 2, 1)")
    async with a_worker(engine, dsn, ring):
        await until(lambda: look.types("ring/a/0"))
    assert await look.column(LEFT) == []


async def test_what_fails_in_an_attempt_that_is_over_is_tried_in_the_one_that_is_on(engine, dsn, look):
    tries = []

    @task(Ring, failed=broke)
    async def ringing(work: Ring, ports: object) -> ToyRang:
        tries.append(work)
        if len(tries) == 1:
            await look.column("insert into job_life(job, attempt, over) values ('a', 2, 1) returning job")
            raise Hopeless("broken", "It broke.")
        return ToyRang(job=work.job)

    await order(engine, Ring(job="a"))
    async with a_worker(engine, dsn, ringing):
        await until(lambda: look.types("ring/a/0"))
    assert ((await look.counts())["dead_letter"], await look.types("ring/a/0/fault")) == (0, [])


async def test_what_its_job_went_on_without_is_not_asked_for_again(engine, dsn, look):
    tries = []

    @task(Ring, failed=broke, dispensable=True)
    async def ringing(work: Ring, ports: object) -> ToyRang:
        tries.append(work)
        raise Hopeless("broken", "It broke.")

    await order(engine, Ring(job="a"))
    async with a_worker(engine, dsn, ringing):
        await until(nothing_left(look))
        await fails(engine)
        await is_retried(engine)
        await until(nothing_left(look))
    assert (len(tries), (await look.counts())["dead_letter"]) == (1, 1)


async def test_a_fact_of_the_job_that_was_parked_is_tried_again_with_it(engine, look):
    envelope = wound("a")
    raw = envelope.model_dump_json().encode()
    parcel = Parcel("event", "wind", raw, "it broke", 1, "ToyWound", envelope.id, "toy/a", key=b"a")
    async with unit_of_work(engine, "toy") as unit:
        await park(unit.connection, parcel)
    await is_retried(engine)
    assert await look.column("select redrive from dead_letter") == [True]


async def test_a_cancelled_job_is_not_retried(engine, look):
    await order(engine, Ring(job="a"))
    await fails(engine)
    await hears(engine, stop_cancelled_work, JobCancelled(job="a", reason="enough"))
    await is_retried(engine)
    assert (await look.column(LEFT), (await look.counts())["pgqueuer"]) == ([], 0)


async def test_a_job_says_itself_how_often_and_how_soon_its_work_is_tried_again(engine, dsn, look):
    tries = []

    @task(Ring, failed=broke)  # four times, a minute apart, were it for the work
    async def ringing(work: Ring, ports: object) -> ToyRang:
        tries.append(work)
        raise Passing("busy")

    wish = JobRequested(job="a", user="ada", max_retries=5, retry_delay_seconds=0)
    await hears(engine, note_terms, wish)
    await order(engine, Ring(job="a"))
    async with a_worker(engine, dsn, ringing):
        await until(nothing_left(look))
    assert len(tries) == 6


async def test_work_is_told_what_an_earlier_run_of_it_has_said(engine, dsn, look):
    told = []

    @task(Ring, retries=AT_ONCE)
    async def ringing(work: Ring, ports: object, say, said) -> ToyRang:
        told.append([type(fact).__name__ for fact in said])
        await say(ToyWound(job=work.job))
        if len(told) == 1:
            raise Passing("busy")
        return ToyRang(job=work.job)

    await order(engine, Ring(job="a"))
    async with a_worker(engine, dsn, ringing):
        await until(nothing_left(look))
    assert told == [[], ["ToyWound"]]
