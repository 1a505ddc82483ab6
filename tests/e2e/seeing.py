"""A film as an eye sees it: every frame, small and grey."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

SIZE = (160, 90)


@dataclass(frozen=True)
class Seen:
    """`frames` is (count, 90, 160), luma 0 to 255; `complaints` is what the decoder had to say."""

    frames: NDArray[np.uint8]
    complaints: list[str]

    @property
    def light(self) -> NDArray[np.float64]:
        return np.asarray(self.frames.mean(axis=(1, 2)))

    @property
    def contrast(self) -> NDArray[np.float64]:
        return np.asarray(self.frames.std(axis=(1, 2)))


def seen(video: Path) -> Seen:
    """Decode all of it."""
    av.logging.set_level(av.logging.WARNING)
    try:
        with av.logging.Capture(local=False) as complaints, av.open(video) as film:
            frames = [frame.reformat(*SIZE, "gray").to_ndarray() for frame in film.decode(video=0)]
            film.seek(0)
            for _ in film.decode(audio=0):
                pass
    finally:
        av.logging.set_level(None)
    return Seen(np.stack(frames), [words for _, _, words in complaints])


def difference(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """How far two frames lie apart, in steps of luma."""
    return float(np.abs(one.astype(np.int16) - other).mean())
