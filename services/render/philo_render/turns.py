"""Turns at the drawing board, job by job: a film of forty scenes does not keep a film of one waiting."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """At most `count` at a time. A turn that is free goes to the job that has the fewest, and among equals to the one
    that has waited longest."""

    def __init__(self, count: int) -> None:
        self.free = count
        self.taken: Counter[str] = Counter()
        self.waiting: dict[str, deque[asyncio.Future[None]]] = {}

    @asynccontextmanager
    async def of(self, job: str) -> AsyncIterator[None]:
        await self._take(job)
        try:
            yield
        finally:
            self._give_back(job)

    async def _take(self, job: str) -> None:
        if self.free:
            self.free -= 1
            self.taken[job] += 1
            return
        turn = asyncio.get_running_loop().create_future()
        self.waiting.setdefault(job, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            self._leave(job, turn)
            raise

    def _leave(self, job: str, turn: asyncio.Future[None]) -> None:
        """A turn that was given in the moment of leaving goes on to the next."""
        if turn.done() and not turn.cancelled():
            self._give_back(job)
            return
        self.waiting[job].remove(turn)
        if not self.waiting[job]:
            del self.waiting[job]

    def _give_back(self, job: str) -> None:
        self.taken[job] -= 1
        if not self.taken[job]:
            del self.taken[job]
        if not self.waiting:
            self.free += 1
            return
        following = min(self.waiting, key=lambda one: self.taken[one])
        line = self.waiting.pop(following)
        line.popleft().set_result(None)
        self.taken[following] += 1
        if line:
            self.waiting[following] = line  # behind the others that wait
