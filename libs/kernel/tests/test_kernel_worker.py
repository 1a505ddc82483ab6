"""What becomes of long work: its result once, or its letter; never both, never nothing."""

import asyncio
import time
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest
from kernel_toys import Polish, Ring, ToyBroke, ToyRang, ToyTicked, ToyWound, until

from philo_contracts.events import JobCancelled
from philo_contracts.shapes import Priority
from philo_kernel import dead_letters
from philo_kernel import worker as working_module
from philo_kernel.cancellation import stop_cancelled_work
from philo_kernel.children import Children
from philo_kernel.limits import Limits, minutes, seconds
from philo_kernel.redrive import Redriver
from philo_kernel.service import ended
from philo_kernel.unit import unit_of_work
from philo_kernel.work import Hopeless, Passing, Retries, task
from philo_kernel.worker import Worker

pytestmark = pytest.mark.stack
AT_ONCE = Retries(attempts=3, first=timedelta(0))


def broke(work: Ring, fault) -> ToyBroke:
    return ToyBroke(job=work.job, why=f"{fault.code}: {fault.message}")


@asynccontextmanager
async def a_worker(engine, dsn, *tasks, ports=None, parallel=4):
    worker = Worker("toy", tasks, engine, ports, parallel)
    running = asyncio.create_task(worker.run(dsn))
    try:
        yield worker
    finally:
        await worker.drain(5)
        await ended(running)


async def order(engine, *works) -> None:
    async with unit_of_work(engine, "toy") as unit:
        for work in works:
            unit.start(work)


def nothing_left(look):
    async def empty() -> bool:
        return await look.value("select count(*) = 0 from pgqueuer")

    return empty


async def test_a_result_is_said_and_its_order_ends(engine, dsn, look):
    @task(Ring)
    async def ring(work: Ring, ports: dict) -> ToyRang:
        return ToyRang(job=ports["job"], turn=work.turn)

    await order(engine, Ring(job="a", turn=7))
    async with a_worker(engine, dsn, ring, ports={"job": "a"}):
        await until(nothing_left(look))
    assert await look.types("ring/a/7") == ["ToyRang"]


async def test_the_result_and_the_end_of_the_order_commit_together(engine, dsn, look):
    @task(Ring)
    async def ring(work: Ring, ports: object) -> ToyRang:
        return ToyRang(job=work.job)

    await look.connection.execute(
        "create table seen(facts int, orders int);"
        "create function note() returns trigger language plpgsql as $$ begin"
        " insert into seen select (select count(*) from event where type = 'ToyRang'), (select count(*) from pgqueuer);"
        " return null; end $$;"
        "create constraint trigger note after insert on event deferrable initially deferred"
        " for each row execute function note()"
    )
    await order(engine, Ring(job="a"))
    async with a_worker(engine, dsn, ring):
        await until(nothing_left(look))
    assert [tuple(row) for row in await look.connection.fetch("select * from seen")] == [(1, 0)]


async def test_who_wakes_up_late_says_nothing(engine, dsn, look):
    @task(Ring)
    async def ring(work: Ring, ports: object) -> ToyRang:
        async with unit_of_work(engine, "other") as faster:
            faster.say(ToyRang(job=work.job), stream=work.effect)
        return ToyRang(job=work.job)

    await order(engine, Ring(job="a"))
    async with a_worker(engine, dsn, ring):
        await until(nothing_left(look))
    assert (await look.types("ring/a/0"), (await look.counts())["dead_letter"]) == (["ToyRang"], 0)


async def test_another_type_of_fact_in_the_place_of_the_result_is_told_loudly(engine, dsn, look):
    @task(Ring)
    async def ring(work: Ring, ports: object) -> ToyRang:
        async with unit_of_work(engine, "other") as faster:
            faster.say(ToyWound(job=work.job), stream=work.effect)
        return ToyRang(job=work.job)

    await order(engine, Ring(job="a"))
    async with a_worker(engine, dsn, ring):
        await until(nothing_left(look))
    assert "ring/a/0 says ToyWound at version 1, not ToyRang" in await look.value("select error from dead_letter")


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


async def test_news_of_progress_do_not_take_the_place_of_the_result(engine, dsn, look):
    @task(Ring)
    async def ring(work: Ring, ports: object, say) -> ToyRang:
        await say(ToyTicked(job=work.job, tick=1))
        await say(ToyWound(job=work.job))
        await say(ToyTicked(job=work.job, tick=2))
        return ToyRang(job=work.job)

    await order(engine, Ring(job="a"))
    async with a_worker(engine, dsn, ring):
        await until(nothing_left(look))
    assert await look.types("ring/a/0") == ["ToyWound", "ToyRang"]
    assert await look.types("ring/a/0/progress") == ["ToyTicked", "ToyTicked"]


async def test_a_dead_workers_task_is_taken_again_after_the_lease(engine, dsn, look, monkeypatch):
    monkeypatch.setattr(working_module, "LEASE", timedelta(seconds=1))

    @task(Ring)
    async def ring(work: Ring, ports: object) -> ToyRang:
        return ToyRang(job=work.job)

    await order(engine, Ring(job="a"))
    await look.connection.execute(
        "update pgqueuer set status = 'picked', queue_manager_id = gen_random_uuid(), heartbeat = now()"
    )
    async with a_worker(engine, dsn, ring):
        await until(nothing_left(look))
    assert await look.types("ring/a/0") == ["ToyRang"]


async def test_the_most_urgent_is_done_first_and_never_more_at_once_than_allowed(engine, dsn, look):
    done, at_once = [], []

    @task(Ring)
    async def ring(work: Ring, ports: object) -> None:
        done.append(work.priority)
        at_once.append(1)
        assert len(at_once) == 1
        await asyncio.sleep(0)
        at_once.pop()

    urgencies = [Priority.LOW, Priority.DEFAULT, Priority.HIGH]
    await order(engine, *(Ring(job="a", turn=turn, priority=urgency) for turn, urgency in enumerate(urgencies)))
    async with a_worker(engine, dsn, ring, parallel=1):
        await until(nothing_left(look))
    assert done == [Priority.HIGH, Priority.DEFAULT, Priority.LOW]


async def test_a_worker_that_drains_lets_its_task_end_and_claims_no_other(engine, dsn, look):
    begun, go = asyncio.Event(), asyncio.Event()

    @task(Ring)
    async def ring(work: Ring, ports: object) -> ToyRang:
        begun.set()
        await go.wait()
        return ToyRang(job=work.job, turn=work.turn)

    await order(engine, Ring(job="a", turn=1))
    async with a_worker(engine, dsn, ring) as worker:
        await begun.wait()
        draining = asyncio.create_task(worker.drain(30))
        await until(lambda: asyncio.sleep(0, worker.stopping))
        await order(engine, Ring(job="a", turn=2))
        go.set()
        await draining
    assert (await look.types("ring/a/1"), await look.types("ring/a/2")) == (["ToyRang"], [])
    assert await look.column("select status::text from pgqueuer") == ["queued"]


@pytest.mark.parametrize("way", ["drain", "cancel"])
async def test_what_does_not_end_in_time_goes_back_to_the_queue(engine, dsn, look, way, monkeypatch):
    monkeypatch.setattr("philo_kernel.service.UNWINDING", 0.2)
    begun = asyncio.Event()

    @task(Ring)
    async def ring(work: Ring, ports: object) -> ToyRang:
        begun.set()
        await asyncio.Event().wait()

    await order(engine, Ring(job="a"))
    worker = Worker("toy", [ring], engine, None, 4)
    running = asyncio.create_task(worker.run(dsn))
    await begun.wait()
    if way == "drain":
        await worker.drain(0)
    await ended(running)
    assert await look.column("select status::text from pgqueuer") == ["queued"]
    assert (await look.counts())["event"] == 0


async def test_a_result_waits_for_a_database_that_is_away(engine, dsn, look):
    @task(Ring)
    async def ring(work: Ring, ports: object) -> ToyRang:
        await look.hang_up_others()
        return ToyRang(job=work.job)

    await order(engine, Ring(job="a"))
    worker = Worker("toy", [ring], engine, None, 4)
    running = asyncio.create_task(worker.run(dsn))
    await until(lambda: look.types("ring/a/0"))
    await ended(running)
    assert (await look.counts())["dead_letter"] == 0


async def test_cancelling_a_job_drops_what_waits_and_stops_what_runs_in_every_worker(engine, dsn, look):
    begun, left = asyncio.Queue(), asyncio.Queue()

    @task(Ring, limits=Limits(minutes(1), minutes(1)))
    async def ring(work: Ring, ports: object, say) -> ToyRang:
        await begun.put(work.turn)
        try:
            await asyncio.Event().wait()
        finally:
            with suppress(asyncio.CancelledError):
                await say(ToyWound(job=work.job))
            await left.put(work.turn)
        return ToyRang(job=work.job)

    @task(Polish)
    async def polish(work: Polish, ports: object) -> ToyRang:
        return ToyRang(job=work.job)

    await order(engine, *(Ring(job="a", turn=turn) for turn in (1, 2, 3, 4)))
    async with a_worker(engine, dsn, ring, parallel=2), a_worker(engine, dsn, ring, parallel=2):
        assert {await begun.get() for _ in range(4)} == {1, 2, 3, 4}
        await order(engine, Ring(job="a", turn=5), Polish(job="a"), Polish(job="b"))
        async with unit_of_work(engine, "toy") as unit:
            await stop_cancelled_work.react(JobCancelled(job="a", reason="enough"), unit)
        assert {await left.get() for _ in range(4)} == {1, 2, 3, 4}
    assert await look.column("select payload from pgqueuer") == [Polish(job="b").model_dump_json().encode()]
    assert ((await look.counts())["event"], (await look.counts())["dead_letter"]) == (0, 0)


async def test_work_that_is_ordered_for_a_cancelled_job_is_not_begun(engine, dsn, look):
    begun = []

    @task(Ring)
    async def ring(work: Ring, ports: object) -> None:
        begun.append(work.job)

    async with unit_of_work(engine, "toy") as unit:
        await stop_cancelled_work.react(JobCancelled(job="a", reason="enough"), unit)
    await order(engine, Ring(job="a"), Ring(job="b"))
    async with a_worker(engine, dsn, ring):
        await until(nothing_left(look))
    assert begun == ["b"]
