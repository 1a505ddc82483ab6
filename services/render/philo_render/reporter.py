"""News of frames, at most two a second a job, however many of its scenes are drawn at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from philo_contracts.events import FrameRendered
from philo_kernel.work import Say

from philo_render.orders import Draw

EVERY = 0.5

Progress = Callable[[tuple[int, int]], None]


class Reporter:
    """Shared by all drawing of this process: remembers when each job last made news."""

    def __init__(self) -> None:
        self.last: dict[str, float] = {}

    @asynccontextmanager
    async def telling(self, work: Draw, say: Say) -> AsyncIterator[Progress]:
        """A callback that takes (frames done, frames in all); the newest figure is told when its time has come."""
        newest: list[tuple[int, int]] = []
        self.last.setdefault(work.job, time.monotonic())

        async def tell() -> None:
            while True:
                await asyncio.sleep(EVERY / 2)
                if newest and time.monotonic() - self.last.get(work.job, 0) >= EVERY:
                    self.last[work.job] = time.monotonic()
                    done, total = newest.pop()
                    if done < total:
                        news = FrameRendered(
                            job=work.job, scene=work.scene, revision=work.revision, done=done, total=total
                        )
                        await say(news)

        telling = asyncio.create_task(tell())
        try:
            yield lambda figure: newest.__setitem__(slice(None), [figure])
        finally:
            telling.cancel()
            with suppress(asyncio.CancelledError):
                await telling
            self.last.pop(work.job, None)
