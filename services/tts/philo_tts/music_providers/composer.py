"""The port to those who compose for money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from philo_contracts.shapes import Mood


@dataclass(frozen=True)
class Wish:
    """Music for a film of `seconds`. `words` say more than mood and genre do, or nothing. Who knows of no `seed` leaves
    it out."""

    mood: Mood
    genre: str
    seconds: float
    seed: int
    words: str = ""


@dataclass(frozen=True)
class Take:
    """`audio` is a whole file that can be decoded; how long it is, the provider decided: `seconds`."""

    audio: bytes
    seconds: float
    provider: str
    model: str


class Composer(Protocol):
    """Raises `MusicRefused` and `ProviderRejected` when asking again is of no use, `ProviderFailing` when it may be."""

    @property
    def name(self) -> str: ...

    @property
    def model(self) -> str: ...

    async def compose(self, wish: Wish) -> Take: ...

    async def close(self) -> None: ...
