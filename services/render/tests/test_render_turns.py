"""Turns: never more than there are, job by job, none lost."""

import asyncio
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from philo_render.turns import Turns


async def served(turns: Turns, jobs: Iterable[str]) -> list[str]:
    """The jobs in the order of their turns, when all have asked before the first is over."""
    order: list[str] = []

    async def work(job: str) -> None:
        async with turns.of(job):
            order.append(job)
            await asyncio.sleep(0)

    await asyncio.gather(*(work(job) for job in jobs))
    return order


async def test_a_short_job_does_not_wait_for_all_of_a_long_one():
    order = await served(Turns(2), ["long"] * 40 + ["short"] * 2)
    assert order.index("short") == 2
    assert order[:6].count("short") == 2


async def test_jobs_that_have_equally_many_turns_take_them_in_turn():
    assert await served(Turns(1), ["x", "a", "a", "a", "b", "b", "c"]) == ["x", "a", "b", "c", "a", "b", "a"]


@pytest.mark.parametrize("given_already", [False, True])
async def test_who_leaves_while_waiting_takes_no_turn_away(given_already):
    turns = Turns(1)
    async with turns.of("a"):
        leaving, staying = (asyncio.create_task(turns._take(job)) for job in ("b", "c"))
        await asyncio.sleep(0)
        if not given_already:
            leaving.cancel()
            await asyncio.wait({leaving})
    if given_already:
        leaving.cancel()
        await asyncio.wait({leaving})
    async with asyncio.timeout(5):
        await staying
    assert (turns.taken, turns.waiting) == ({"c": 1}, {})


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 4), st.lists(st.sampled_from("abcd"), max_size=30))
def test_all_are_served_and_never_more_at_once_than_there_are_turns(count, jobs):
    turns, at_once = Turns(count), []

    async def work(job: str) -> None:
        async with turns.of(job):
            at_once.append(turns.taken.total())
            await asyncio.sleep(0)

    async def all_of_them() -> None:
        await asyncio.gather(*(work(job) for job in jobs))

    asyncio.run(all_of_them())
    assert (len(at_once), turns.free, turns.waiting) == (len(jobs), count, {})
    assert max(at_once, default=0) <= count
