"""Asking again: how often and how soon."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from philo_kernel.outgoing.faults import Failing

T = TypeVar("T")


@dataclass(frozen=True)
class Patience:
    """`retries` after the first attempt, with full jitter; seconds.

    A provider that asks for a longer rest than `longest` is not asked again here: the task comes back later.
    """

    retries: int = 3
    first: float = 1.0
    longest: float = 60.0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random

    async def ask(self, attempt: Callable[[int], Awaitable[T]]) -> T:
        """The first answer that can be used; `attempt` is told which it is, from 1. Raises the last failure."""
        turn = 0
        while True:
            try:
                return await attempt(turn + 1)
            except Failing as failure:
                if turn == self.retries or (failure.after or 0) > self.longest:
                    raise
                pause = self.pause(turn, failure.after)
            await self.sleep(pause)
            turn += 1

    def pause(self, turn: int, after: float | None) -> float:
        """Never sooner than the provider asked for, and not all at the same moment."""
        if after is not None:
            return after + self.chance() * self.first
        return self.chance() * min(self.longest, self.first * 2.0**turn)
