"""Long work of a job that is cancelled: neither begun nor said."""

import asyncio
import os
import time
from contextlib import suppress

import psutil
import pytest
from kernel_toy_work import a_worker, nothing_left, order
from kernel_toys import Polish, Ring, ToyRang, ToyWound, until

from philo_contracts.events import JobCancelled
from philo_kernel.cancellation import stop_cancelled_work
from philo_kernel.children import Children
from philo_kernel.limits import Limits, minutes
from philo_kernel.unit import unit_of_work
from philo_kernel.work import task

pytestmark = pytest.mark.stack
HARD = Limits(minutes(1), minutes(1))


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


async def test_cancelling_a_job_ends_the_child_that_works_for_it_and_frees_its_place(engine, dsn, look):
    """The only place of the only child: what comes after has it, though the work itself would take a minute."""

    @task(Ring)
    async def ring(work: Ring, children: Children) -> ToyRang:
        held.append(await children.run(os.getpid, limits=HARD))
        begun.set()
        if work.job == "a":
            await children.run(time.sleep, 60.0, limits=HARD)
        return ToyRang(job=work.job)

    held, begun = [], asyncio.Event()
    await order(engine, Ring(job="a"))
    async with Children(1) as children, a_worker(engine, dsn, ring, ports=children, parallel=1):
        await begun.wait()
        await order(engine, Ring(job="b"))
        async with unit_of_work(engine, "toy") as unit:
            await stop_cancelled_work.react(JobCancelled(job="a", reason="enough"), unit)
        await until(lambda: look.types("ring/b/0"), seconds=20)
        await until(lambda: asyncio.sleep(0, not psutil.pid_exists(held[0])))
    assert await look.types("ring/a/0") == []


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
