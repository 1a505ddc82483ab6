"""What becomes of long work: its result, said once; and of a worker that stops."""

import asyncio
from datetime import timedelta

import pytest
from kernel_toy_work import AT_ONCE, a_worker, nothing_left, order
from kernel_toys import Ring, ToyRang, ToyTicked, ToyWound, until

from philo_contracts.shapes import Priority
from philo_kernel import worker as working_module
from philo_kernel.service import ended
from philo_kernel.unit import unit_of_work
from philo_kernel.work import Passing, task
from philo_kernel.worker import Worker

pytestmark = pytest.mark.stack


async def test_a_result_is_said_and_its_order_ends(engine, dsn, look):
    @task(Ring)
    async def ring(work: Ring, ports: dict) -> ToyRang:
        return ToyRang(job=ports["job"], turn=work.turn)

    await order(engine, Ring(job="a", turn=7))
    async with a_worker(engine, dsn, ring, ports={"job": "a"}):
        await until(nothing_left(look))
    assert await look.types("ring/a/7") == ["ToyRang"]


async def test_a_fact_that_came_of_work_tells_when_that_was_ordered_and_begun_and_how_many_tries_it_was(
    engine, dsn, look
):
    tries = []

    @task(Ring, retries=AT_ONCE)
    async def ring(work: Ring, ports: object, say) -> ToyRang:
        tries.append(work)
        if len(tries) == 1:
            raise Passing("busy")
        await say(ToyTicked(job=work.job, tick=1))
        return ToyRang(job=work.job)

    await order(engine, Ring(job="a"))
    async with a_worker(engine, dsn, ring):
        await until(nothing_left(look))
    rows = "select attempts, ordered_at < begun_at and begun_at <= at as in_order from event order by position"
    assert [tuple(row) for row in await look.connection.fetch(rows)] == [(2, True), (2, True)]
    assert await look.value("select count(distinct ordered_at) from event") == 1


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
