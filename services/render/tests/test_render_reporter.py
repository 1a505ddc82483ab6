"""News of frames: at most one every half second a job, the newest, and only while it is drawn."""

import asyncio
import time
from contextlib import AsyncExitStack
from itertools import pairwise

import pytest

from philo_contracts.shapes import Blob, VideoConfig
from philo_render import reporter as module
from philo_render.film import Place
from philo_render.orders import Draw
from philo_render.reporter import Reporter

EVERY = 0.04


@pytest.fixture(autouse=True)
def quick(monkeypatch) -> None:
    monkeypatch.setattr(module, "EVERY", EVERY)


def order(scene: str, job: str = "j") -> Draw:
    shown = {"title": "T", "config": VideoConfig(), "index": 0, "count": 1, "around": (), "sources": ()}
    shown |= {"place": Place(0, 10, 90), "audio": Blob(key="a", size_bytes=1, media_type="a/b")}
    return Draw(job=job, scene=scene, revision=1, **shown)


class News:
    def __init__(self) -> None:
        self.told, self.at = [], []

    async def say(self, fact) -> None:
        self.told.append(fact)
        self.at.append(time.monotonic())

    async def until(self, count: int) -> None:
        async with asyncio.timeout(10):
            while len(self.told) < count:  # noqa: ASYNC110 - told by the reporter's own clock
                await asyncio.sleep(0.002)

    def gaps(self) -> list[float]:
        return [later - earlier for earlier, later in pairwise(self.at)]


async def test_the_newest_figure_is_told():
    news = News()
    async with Reporter().telling(order("s01"), news.say) as progress:
        for done in range(1, 31):
            progress((done, 60))
        await news.until(1)
    assert [(fact.scene, fact.done, fact.total) for fact in news.told] == [("s01", 30, 60)]


async def test_a_job_makes_news_at_most_so_often_however_many_scenes_are_drawn_and_done():
    news, reporter = News(), Reporter()
    async with AsyncExitStack() as others:
        steady = await others.enter_async_context(reporter.telling(order("s00"), news.say))
        for turn in range(1, 13):
            async with reporter.telling(order(f"s{turn:02d}"), news.say) as progress:
                progress((turn, 60))
                steady((turn, 60))
                await news.until(turn)
    assert min(news.gaps()) >= EVERY * 0.95


async def test_jobs_do_not_wait_for_each_other():
    news, reporter = News(), Reporter()
    async with reporter.telling(order("s", "a"), news.say) as one, reporter.telling(order("s", "b"), news.say) as two:
        one((1, 9))
        two((1, 9))
        await news.until(2)
    assert {fact.job for fact in news.told} == {"a", "b"}


async def test_the_last_frame_is_no_news_for_the_scene_itself_is():
    news, reporter = News(), Reporter()
    async with reporter.telling(order("s"), news.say) as whole, reporter.telling(order("s", "k"), news.say) as other:
        whole((60, 60))
        for turn in (1, 2):
            other((turn, 60))
            await news.until(turn)
    assert {fact.job for fact in news.told} == {"k"}


async def test_a_drawing_that_is_cancelled_at_its_last_news_does_not_go_on():
    reporter, saying, went_on = Reporter(), asyncio.Event(), False

    async def slowly(_) -> None:
        saying.set()
        try:
            await asyncio.sleep(60)
        finally:
            drawing.cancel()  # nobody wants the film any more, just as the news is called off

    async def drawn() -> None:
        nonlocal went_on
        async with reporter.telling(order("s"), slowly) as progress:
            progress((1, 60))
            await saying.wait()
        went_on = True

    drawing = asyncio.create_task(drawn())
    with pytest.raises(asyncio.CancelledError):
        await drawing
    assert not went_on


async def test_nobody_tells_and_nothing_is_remembered_after_the_drawing():
    news, reporter = News(), Reporter()
    tellers = asyncio.all_tasks()

    async def fail() -> None:
        async with reporter.telling(order("s"), news.say) as progress:
            progress((1, 60))
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await fail()
    assert asyncio.all_tasks() == tellers
    assert (news.told, reporter.last, reporter.drawing) == ([], {}, {})
