"""The recordings of a bank, decoded when they are first used and no further than they are needed."""

import io
from dataclasses import dataclass

import numpy as np
import soundfile
from numpy.typing import NDArray

from philo_tts.music.sound.tables import Row

AT_LEAST = 4 * 44_100
"""Frames decoded at once, so that the next key seldom asks for more."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One recording: mono wave, its rate, root key, correction in cents, and loop (frames from, to)."""

    wave: NDArray[np.float32]
    rate: int
    root: int
    cents: float
    loop: tuple[int, int]


class Samples:
    """Decodes samples and keeps them until told to forget."""

    def __init__(self, pool: memoryview, headers: list[Row]) -> None:
        self._pool, self._headers = pool, headers
        self._known: dict[int, tuple[int, Sample]] = {}

    def get(self, index: int, frames: int) -> Sample:
        """A sample, at least `frames` long if the recording is; through the end of its loop in any case."""
        decoded, sample = self._known.get(index, (0, None))
        if sample is None or decoded < frames:
            decoded = max(frames, AT_LEAST, self._headers[index][4])
            sample = self._decode(index, decoded)
            self._known[index] = decoded, sample
        return sample

    def forget(self) -> None:
        """Lets go of everything decoded so far."""
        self._known.clear()

    def _decode(self, index: int, frames: int) -> Sample:
        _, start, end, loop_start, loop_end, rate, root, cents, _, _ = self._headers[index]
        wave, _ = soundfile.read(io.BytesIO(self._pool[start:end]), frames, dtype="float32")
        return Sample(wave, rate, root if root < 128 else 60, cents, (loop_start, loop_end))
