"""Long work of a job that is cancelled: neither begun nor said."""

import asyncio
from contextlib import suppress

import pytest
from kernel_toy_work import a_worker, nothing_left, order
from kernel_toys import Polish, Ring, ToyRang, ToyWound, until

from philo_contracts.events import JobCancelled
from philo_kernel.cancellation import stop_cancelled_work
from philo_kernel.limits import Limits, minutes
from philo_kernel.unit import unit_of_work
from philo_kernel.work import task

pytestmark = pytest.mark.stack


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
