"""Turns as the queue gives them: over real tasks of several tenants."""

import asyncio

import pytest
from kernel_toy_work import a_worker, nothing_left
from kernel_toys import Ring, until, wound

from philo_contracts.shapes import Priority
from philo_kernel import enqueue
from philo_kernel.fairness import SHARE
from philo_kernel.unit import unit_of_work
from philo_kernel.work import task

pytestmark = pytest.mark.stack


class Clock:
    """Tells the time by which orders are placed."""

    now = 1_800_000_000.0

    def time(self) -> float:
        return self.now


async def ordered(engine, tenant: str, *works: Ring) -> None:
    cause = wound(tenant).model_copy(update={"tenantid": tenant})
    async with unit_of_work(engine, "toy", cause) as unit:
        for work in works:
            unit.start(work)


def lows(job: str, count: int) -> list[Ring]:
    return [Ring(job=job, turn=turn, priority=Priority.LOW) for turn in range(count)]


async def test_a_high_job_starts_within_one_task_of_another_tenants_thousand_low_ones(engine, dsn, look):
    begun, go = [], asyncio.Event()

    @task(Ring)
    async def ring(work: Ring, ports: object) -> None:
        begun.append(work.job)
        await go.wait()

    await ordered(engine, "ada", *lows("many", 1000))
    async with a_worker(engine, dsn, ring, parallel=1):
        await until(lambda: asyncio.sleep(0, begun))
        held = len(begun) + await look.value("select count(*) from pgqueuer where status = 'picked'")
        await ordered(engine, "bob", Ring(job="one", priority=Priority.HIGH))
        go.set()
        await until(lambda: asyncio.sleep(0, "one" in begun))
        assert begun.index("one") <= held
        await look.connection.execute("delete from pgqueuer where status = 'queued'")


async def test_a_thousand_low_tasks_all_end_while_high_ones_keep_coming(engine, dsn, look, monkeypatch):
    """By the clock of orders a task takes a share, and while it runs a high one of somebody else is ordered."""
    monkeypatch.setattr(enqueue, "time", clock := Clock())
    many, low, high = 1000, [], []

    @task(Ring)
    async def ring(work: Ring, ports: object) -> None:
        clock.now += SHARE
        (low if work.job == "many" else high).append(work.turn)
        if len(low) < many:
            urgent = Ring(job="one", turn=len(low) + len(high), priority=Priority.HIGH)
            await ordered(engine, f"tenant {urgent.turn}", urgent)

    await ordered(engine, "ada", *lows("many", many))
    await ordered(engine, "bob", Ring(job="one", priority=Priority.HIGH))
    async with a_worker(engine, dsn, ring, parallel=1):
        await until(lambda: asyncio.sleep(0, len(low) == many))
    assert sorted(low) == list(range(many))
    assert len(high) >= many


async def test_tenants_with_equal_work_take_turns(engine, dsn, look):
    done = []

    @task(Ring)
    async def ring(work: Ring, ports: object) -> None:
        done.append(work.job)

    await ordered(engine, "ada", *lows("a", 6))
    await ordered(engine, "bob", *lows("b", 6))
    async with a_worker(engine, dsn, ring, parallel=1):
        await until(nothing_left(look))
    assert all(set(done[turn : turn + 2]) == {"a", "b"} for turn in range(0, 12, 2))


async def test_a_tenants_own_urgent_work_goes_before_its_own_backlog(engine, dsn, look):
    done = []

    @task(Ring)
    async def ring(work: Ring, ports: object) -> None:
        done.append(work.job)

    await ordered(engine, "ada", *lows("many", 20))
    await ordered(engine, "ada", Ring(job="one", priority=Priority.HIGH))
    async with a_worker(engine, dsn, ring, parallel=1):
        await until(nothing_left(look))
    assert done[0] == "one"
