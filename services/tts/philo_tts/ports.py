"""What the tasks of tts need of the world."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from philo_contracts.shapes import Blob, Mood
from philo_tts.domain import Recording
from philo_tts.music.tracks import FittedTrack
from philo_tts.music_providers.fallback import Fallback
from philo_tts.voices.speech import Speaker


class Recordings(Protocol):
    """Remembers what was spoken. Equal work is done once, also by two who ask at the same moment."""

    async def once(self, key: str, make: Callable[[], Awaitable[Recording]]) -> tuple[Recording, bool]:
        """The recording, and whether it was there already."""
        ...


class Store(Protocol):
    """The part of the object store that is used here."""

    async def put(self, key: str, body: bytes, media_type: str) -> Blob: ...
    async def get(self, key: str) -> bytes: ...
    async def size(self, key: str) -> int | None: ...


class Musician(Protocol):
    """Plays a piece of exactly `seconds`, or makes a track so long; FLAC, stereo, 48 kHz."""

    async def play(self, mood: Mood, seconds: float, genre: str, seed: int) -> bytes: ...
    async def fit(self, track: bytes, seconds: float) -> FittedTrack: ...


@dataclass(frozen=True)
class Ports:
    speaker: Speaker
    recordings: Recordings
    musician: Musician
    composers: Fallback
    objects: Store
