"""Long work that fails: tried again, or parked and said; never both, never nothing."""

import asyncio
import time

import pytest
from kernel_toy_work import AT_ONCE, a_worker, broke, nothing_left, order
from kernel_toys import Ring, ToyRang, until, wound

from philo_kernel import dead_letters, store
from philo_kernel.children import Children
from philo_kernel.limits import Limits, seconds
from philo_kernel.redrive import Redriver
from philo_kernel.unit import unit_of_work
from philo_kernel.work import Hopeless, Passing, task

pytestmark = pytest.mark.stack


async def test_what_failed_for_a_passing_reason_is_tried_again(engine, dsn, look):
    tries = []

    @task(Ring, retries=AT_ONCE)
    async def ring(work: Ring, ports: object) -> ToyRang:
        tries.append(work)
        if len(tries) < 3:
            raise Passing("busy")
        return ToyRang(job=work.job)

    await order(engine, Ring(job="a"))
    async with a_worker(engine, dsn, ring):
        await until(nothing_left(look))
    assert (len(tries), await look.types("ring/a/0"), (await look.counts())["dead_letter"]) == (3, ["ToyRang"], 0)


async def test_that_it_failed_is_told_because_of_what_was_asked_and_sealed_for_whom_it_was(engine, dsn, look):
    @task(Ring, failed=broke)
    async def ring(work: Ring, ports: object) -> ToyRang:
        raise KeyError("x")

    cause = wound("a", tenant="ada")
    async with unit_of_work(engine, "toy", cause) as unit:
        unit.start(Ring(job="a"))
    async with a_worker(engine, dsn, ring):
        await until(nothing_left(look))
    [fault] = await store.load(look.connection, "ring/a/0/fault")
    assert (fault.type, fault.causationid, fault.tenantid) == ("ToyBroke", cause.id, "ada")
    assert await look.value("select sealed is not null from event where stream = 'ring/a/0/fault'")


@pytest.mark.parametrize(
    ("error", "tries", "why"),
    [
        (Passing("busy"), 3, "internal_error: busy"),
        (Hopeless("bad_words", "Say it kindly."), 1, "bad_words: Say it kindly."),
        (KeyError("x"), 1, "internal_error: Something went wrong inside Philo; the cause is in its dead letters."),
    ],
    ids=["passing", "hopeless", "bug"],
)
async def test_what_fails_for_good_is_parked_and_said(engine, dsn, look, error, tries, why):
    @task(Ring, retries=AT_ONCE, failed=broke)
    async def ring(work: Ring, ports: object) -> ToyRang:
        raise error

    await order(engine, Ring(job="a"))
    async with a_worker(engine, dsn, ring):
        await until(nothing_left(look))
    letter = await look.connection.fetchrow("select * from dead_letter")
    assert (letter["kind"], letter["handler"], letter["attempts"]) == ("task", "Ring", tries)
    assert letter["error"] == dead_letters.words(error)
    assert why in await look.value("select envelope from event where stream = 'ring/a/0/fault'")


async def test_a_parked_task_that_is_brought_back_runs_again(engine, dsn, look):
    mended = False

    @task(Ring)
    async def ring(work: Ring, ports: object) -> ToyRang:
        if not mended:
            raise KeyError("x")
        return ToyRang(job=work.job)

    await order(engine, Ring(job="a"))
    async with a_worker(engine, dsn, ring):
        await until(nothing_left(look))
        mended = True
        await dead_letters.redrive(look.connection)
        await Redriver("toy", [], engine).one()
        await until(lambda: look.types("ring/a/0"))
    assert (await look.counts())["dead_letter"] == 0


async def test_an_order_that_nobody_can_read_is_kept(engine, dsn, look):
    @task(Ring)
    async def ring(work: Ring, ports: object) -> ToyRang:
        return ToyRang(job=work.job)

    await order(engine, Ring(job="a"))
    await look.connection.execute("update pgqueuer set payload = '{}'")
    async with a_worker(engine, dsn, ring):
        await until(nothing_left(look))
    assert (await look.value("select value from dead_letter"), await look.types("ring/a/0")) == (b"{}", [])


async def test_the_soft_limit_cancels_and_is_no_passing_failure(engine, dsn, look):
    ended = []

    @task(Ring, limits=Limits(seconds(0.05), seconds(5)), retries=AT_ONCE, failed=broke)
    async def ring(work: Ring, ports: object) -> ToyRang:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(work)

    await order(engine, Ring(job="a"))
    async with a_worker(engine, dsn, ring):
        await until(nothing_left(look))
    assert len(ended) == 1
    assert "took longer than 0:00:00.050000" in await look.value("select error from dead_letter")


async def test_the_limit_ends_what_runs_in_a_child(engine, dsn, look):
    @task(Ring, limits=Limits(seconds(2), seconds(5)))
    async def ring(work: Ring, children: Children) -> None:
        await children.run(time.sleep, 60.0, limits=Limits(seconds(0.2), seconds(1)))

    await order(engine, Ring(job="a"))
    async with Children(1) as children, a_worker(engine, dsn, ring, ports=children):
        await until(nothing_left(look))
    assert "LimitExceeded" in await look.value("select error from dead_letter")
