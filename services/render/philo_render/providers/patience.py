"""Asking again: how often, how soon, and what it came to."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from philo_render.providers.faults import ProviderFailing
from philo_render.providers.painter import Painting

Attempt = Callable[[], Awaitable[Painting]]


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

    async def ask(self, attempt: Attempt) -> Painting:
        """The first painting that can be used; its cost includes those that could not. Raises the last failure."""
        wasted = Decimal(0)
        turn = 0
        while True:
            try:
                return _charged(await attempt(), wasted)
            except ProviderFailing as failure:
                wasted = failure.cost = wasted + failure.cost
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


def _charged(painting: Painting, wasted: Decimal) -> Painting:
    return painting if painting.cost is None else replace(painting, cost=painting.cost + wasted)
