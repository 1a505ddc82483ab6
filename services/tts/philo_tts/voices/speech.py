"""Spoken text, and the port of everything that can speak."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from philo_contracts.shapes import Word
from philo_tts.voices.catalogue import Voice

RATE = 22_050
"""Samples a second of every speech."""
NO_PRONUNCIATIONS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """`pcm` is int16 mono of shape (samples,) at `rate` samples a second; `words` are in order and do not overlap."""

    pcm: NDArray[np.int16]
    rate: int
    words: tuple[Word, ...]

    @property
    def duration(self) -> float:
        """Seconds."""
        return len(self.pcm) / self.rate


class Speaker(Protocol):
    """Someone who can read a text aloud."""

    def choose(self, language: str, voice: str | None = None) -> Voice:
        """The voice that would speak: the wished one, else the best of the language. Raises UnknownVoiceError."""
        ...

    async def speak(
        self,
        text: str,
        language: str,
        voice: str | None = None,
        speed: int = 50,
        pronunciations: Mapping[str, str] = NO_PRONUNCIATIONS,
    ) -> Speech:
        """`text` of BCP 47 `language` in a voice of the catalogue (None chooses by language), `speed` 0 to 100, 50 natural.

        `pronunciations` (written → said) go before every rule: {"Cholmondeley": "chumley"}; see `speech.pronunciations`.
        Text without words gives a short silence. Raises UnknownVoiceError.
        """
        ...
