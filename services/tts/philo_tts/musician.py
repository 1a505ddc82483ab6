"""The musicians: one who composes by rules and plays from the bank, one who fits what others made, and who leads them."""

from __future__ import annotations

from dataclasses import dataclass

from philo_contracts.shapes import Mood
from philo_kernel.children import Children
from philo_kernel.limits import Limits, minutes
from philo_tts.music import UnusableTrack, as_flac, compose, nearest_genre, render
from philo_tts.music.tracks import FittedTrack, fit_track
from philo_tts.music_providers.composer import Wish
from philo_tts.music_providers.fallback import Fallback, Uncomposed

LIMITS = Limits(minutes(8), minutes(9))
OWN = "philo"


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


@dataclass(frozen=True)
class Performance:
    """A FLAC of exactly the film's length, who made it, and in words what is other than wished for."""

    flac: bytes
    provider: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conductor:
    """Has music made by whom the wish names; where that one does not, Philo composes itself and says why."""

    own: OwnMusician
    hired: Fallback

    async def perform(self, wish: Wish, provider: str = OWN) -> Performance:
        """Raises `UnplayableWish`; `ProviderFailing` while a provider may still come round."""
        if provider == OWN:
            return await self._own(wish)
        take = await self.hired.compose(provider, wish)
        if isinstance(take, Uncomposed):
            return await self._own(wish, take.message)
        try:
            fitted = await self.own.fit(take.audio, wish.seconds)
        except UnusableTrack as fault:
            return await self._own(wish, f"What {provider} sent cannot be used. {fault}")
        return Performance(fitted.flac, provider)

    async def _own(self, wish: Wish, *because: str) -> Performance:
        named = nearest_genre(wish.genre)
        warnings = (*because, *([named.warning] if named.warning else []))
        return Performance(await self.own.play(wish.mood, wish.seconds, named.genre, wish.seed), OWN, warnings)
