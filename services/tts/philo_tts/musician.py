"""The offline musician: composed by rules, played from the bank, in a child process."""

from __future__ import annotations

from dataclasses import dataclass

from philo_contracts.shapes import Mood
from philo_kernel.children import Children
from philo_kernel.limits import Limits, minutes
from philo_tts.music import as_flac, compose, render

LIMITS = Limits(minutes(8), minutes(9))


def piece(mood: Mood, seconds: float, genre: str, seed: int) -> bytes:
    return as_flac(render(compose(mood, seconds, genre=genre, seed=seed)))


@dataclass(frozen=True)
class OwnMusician:
    children: Children

    async def play(self, mood: Mood, seconds: float, genre: str, seed: int) -> bytes:
        """Raises `UnplayableWish`."""
        return await self.children.run(piece, mood, seconds, genre, seed, limits=LIMITS)
