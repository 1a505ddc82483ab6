"""What was paid for is told once, whatever becomes of the work that paid."""

import asyncio
from contextlib import suppress

import pytest
from kernel_toy_work import AT_ONCE, a_worker, nothing_left, order
from kernel_toys import Ring, ToyRang, ToyWound, until

from philo_contracts.events import JobCancelled
from philo_contracts.events.calls import ProviderCalled
from philo_contracts.shapes import ProviderCall
from philo_kernel.cancellation import stop_cancelled_work
from philo_kernel.unit import unit_of_work
from philo_kernel.work import Passing, task

pytestmark = pytest.mark.stack


class ToyPaid(ProviderCalled, source="toy"):
    """A call of the toy's own."""


def paid(job: str, number: str) -> ToyPaid:
    call = ProviderCall(id=f"{job}-{number}", service="text", provider="toy", outcome="answered", seconds=1)
    return ToyPaid(job=job, call=call)


async def test_calls_have_streams_of_their_own_and_do_not_take_the_place_of_results(engine, dsn, look):
    @task(Ring)
    async def ring(work: Ring, ports: object, say) -> ToyRang:
        await say(paid(work.job, "1"))
        await say(ToyWound(job=work.job))
        await say(paid(work.job, "2"))
        return ToyRang(job=work.job)

    await order(engine, Ring(job="a"))
    async with a_worker(engine, dsn, ring):
        await until(nothing_left(look))
    assert await look.types("ring/a/0") == ["ToyWound", "ToyRang"]
    assert [await look.types(f"call/a-{number}") for number in (1, 2)] == [["ToyPaid"], ["ToyPaid"]]


async def test_a_call_that_is_told_twice_is_told_once_and_harms_nothing(engine, dsn, look):
    tries = []

    @task(Ring, retries=AT_ONCE)
    async def ring(work: Ring, ports: object, say) -> ToyRang:
        await say(paid(work.job, "1"))
        tries.append(work.turn)
        if len(tries) == 1:
            raise Passing("Once more.")
        return ToyRang(job=work.job)

    await order(engine, Ring(job="b"))
    async with a_worker(engine, dsn, ring):
        await until(nothing_left(look))
    assert (len(tries), await look.types("call/b-1"), await look.types("ring/b/0")) == (2, ["ToyPaid"], ["ToyRang"])


async def test_a_call_of_work_that_nobody_wants_any_more_is_told_all_the_same(engine, dsn, look):
    begun, left = asyncio.Event(), asyncio.Event()

    @task(Ring)
    async def ring(work: Ring, ports: object, say) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            with suppress(asyncio.CancelledError):
                await say(ToyWound(job=work.job))
                await say(paid(work.job, "1"))
            left.set()

    await order(engine, Ring(job="c"))
    async with a_worker(engine, dsn, ring):
        await begun.wait()
        async with unit_of_work(engine, "toy") as unit:
            await stop_cancelled_work.react(JobCancelled(job="c", reason="enough"), unit)
        await left.wait()
    assert (await look.types("call/c-1"), await look.types("ring/c/0")) == (["ToyPaid"], [])
