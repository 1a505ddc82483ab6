"""The port of the engines inside a child: words in, sound and their times out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from philo_tts.speech import Token


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """`samples` is float32 mono in -1..1 at RATE; `spans` holds (start, end) in seconds of every spoken word in order."""

    samples: NDArray[np.float32]
    spans: tuple[tuple[float, float], ...]


class Reader(Protocol):
    def read(self, tokens: Sequence[Token], pace: float) -> Sound:
        """Say the spoken words of `tokens` (at least one), `pace` times faster than natural."""
        ...
