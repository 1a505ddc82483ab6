"""News of frames, at most two a second a job, however many of its scenes are drawn at once."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from philo_contracts.events import FrameRendered
from philo_kernel.work import Say
from philo_render.orders import Draw

EVERY = 0.5

Progress = Callable[[tuple[int, int]], None]


class Reporter:
    """Shared by all drawing of this process: remembers when each job last made news, for as long as it is drawn."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.last: dict[str, float] = {}
        self.drawing: Counter[str] = Counter()

    @asynccontextmanager
    async def telling(self, work: Draw, say: Say) -> AsyncIterator[Progress]:
        """A callback that takes (frames done, frames in all); the newest figure is told when its time has come."""
        newest: list[tuple[int, int]] = []
        telling = asyncio.create_task(self.tell(work, say, newest))
        self.drawing[work.job] += 1
        self.last.setdefault(work.job, self.clock())
        try:
            yield lambda figure: newest.__setitem__(slice(None), [figure])
        finally:
            self.left(work.job)
            telling.cancel()
            await asyncio.wait({telling})  # whoever is cancelled while waiting here learns of it
        if not telling.cancelled():
            telling.result()

    async def tell(self, work: Draw, say: Say, newest: list[tuple[int, int]]) -> None:
        while True:
            await asyncio.sleep(EVERY / 2)
            now = self.clock()
            if newest and now - self.last[work.job] >= EVERY:
                done, total = newest.pop()
                if done < total:
                    self.last[work.job] = now
                    await say(
                        FrameRendered(job=work.job, scene=work.scene, revision=work.revision, done=done, total=total)
                    )

    def left(self, job: str) -> None:
        self.drawing[job] -= 1
        if not self.drawing[job]:
            del self.drawing[job], self.last[job]
