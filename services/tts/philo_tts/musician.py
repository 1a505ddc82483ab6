"""The musician: composes by rules and plays from the bank, and fits what others made to a film."""

from __future__ import annotations

from dataclasses import dataclass

from philo_contracts.shapes import Mood
from philo_kernel.children import Children
from philo_kernel.limits import Limits, minutes
from philo_tts.music import as_flac, compose, render
from philo_tts.music.tracks import FittedTrack, fit_track

LIMITS = Limits(minutes(8), minutes(9))


def piece(mood: Mood, seconds: float, genre: str, seed: int) -> bytes:
    return as_flac(render(compose(mood, seconds, genre=genre, seed=seed)))


@dataclass(frozen=True)
class OwnMusician:
    """Plays and fits in a child process; FLAC, stereo, 48 kHz."""

    children: Children

    async def play(self, mood: Mood, seconds: float, genre: str, seed: int) -> bytes:
        """Raises `UnplayableWish`."""
        return await self.children.run(piece, mood, seconds, genre, seed, limits=LIMITS)

    async def fit(self, track: bytes, seconds: float) -> FittedTrack:
        """A track that somebody brought, as long as the film. Raises `UnusableTrack`."""
        return await self.children.run(fit_track, track, seconds, limits=LIMITS)
