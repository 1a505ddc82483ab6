"""Asking again, and asking after: how often and how soon."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from philo_tts.music_providers.faults import ProviderFailing

T = TypeVar("T")


@dataclass(frozen=True)
class Patience:
    """`retries` of a request after the first attempt, with full jitter; seconds.

    A provider that asks for a longer rest than `longest` is not asked again here: the task comes back later. An order
    that is being made is asked after every `look`, more and more seldom, up to `seldom`.
    """

    retries: int = 3
    first: float = 1.0
    longest: float = 60.0
    look: float = 2.0
    seldom: float = 10.0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random.random

    async def ask(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """The first answer that can be used. Raises the last failure."""
        turn = 0
        while True:
            try:
                return await attempt()
            except ProviderFailing as failure:
                if turn == self.retries or (failure.after or 0) > self.longest:
                    raise
                pause = self._pause(turn, failure.after)
            await self.sleep(pause)
            turn += 1

    async def wait(self, turn: int) -> None:
        """Before an order is asked after for the `turn`th time."""
        await self.sleep(min(self.seldom, self.look * 1.5**turn))

    def _pause(self, turn: int, after: float | None) -> float:
        """Never sooner than the provider asked for, and not all at the same moment."""
        if after is not None:
            return after + self.chance() * self.first
        return self.chance() * min(self.longest, self.first * 2.0**turn)
