"""What was recorded for a film, on disk while its sound is made."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np

from philo_render.film.sound.pcm import Sound

SAMPLE = np.dtype(np.float16)
"""Its rounding lies 70 dB below the sound, whatever the level: AAC's lies 30 dB above that."""


class Tape:
    """A file without a name, so that it is gone when its process is. OSError when the disk is full."""

    def __init__(self, folder: Path | None = None) -> None:
        self.file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - `close` closes it
        self.end = 0

    def record(self, blocks: Iterable[Sound], channels: int) -> Take:
        """All blocks (channels, n), one after the other."""
        start, samples = self.end, 0
        for block in blocks:
            self.end += self.file.write(np.ascontiguousarray(block.astype(SAMPLE).T).data)
            samples += block.shape[1]
        self.file.flush()
        return Take(self, start, channels, samples)

    def read(self, offset: int, size: int) -> bytes:
        return os.pread(self.file.fileno(), size, offset)

    def close(self) -> None:
        self.file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Take(NamedTuple):
    """One recording on a tape; `offset` in bytes."""

    tape: Tape
    offset: int
    channels: int
    samples: int

    def part(self, start: int, end: int) -> Sound:
        """(channels, end - start); 0 <= start <= end <= samples."""
        wide = SAMPLE.itemsize * self.channels
        read = np.frombuffer(self.tape.read(self.offset + start * wide, (end - start) * wide), SAMPLE)
        return np.ascontiguousarray(read.astype(np.float32).reshape(-1, self.channels).T)
