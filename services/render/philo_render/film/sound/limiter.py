"""A look-ahead limiter: the gain is down before the peak comes, and comes back without a click."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from philo_render.film.sound.pcm import Line, Sound, along
from philo_render.film.sound.peaks import BLOCK, REACH, peaks

AHEAD = 12
"""Blocks of look-ahead: 16 ms."""
SPAN = 1 << 16
"""Blocks that are worked on at once."""


def limits(high: Line, ceiling: float, gain: float) -> Line:
    """The factor at the middle of each block that takes a sound with these true peaks to `gain` times itself, or less
    where it would rise above `ceiling` (a factor of full scale)."""
    found = np.full(high.size, gain, np.float32)
    for start in range(0, high.size, SPAN):
        before = min(start, 2 * AHEAD)
        piece = high[start - before : start + SPAN + 2 * AHEAD]
        if piece.max() * gain > ceiling:
            needed = ceiling / np.maximum(piece, np.float32(ceiling / gain))
            found[start : start + SPAN] = _smooth(needed)[before : before + SPAN]
    return found


def limited(sound: Sound, ceiling: float, gain: float = 1.0) -> Sound:
    """`sound` times `gain`, with no true peak above `ceiling`."""
    line = limits(peaks(np.pad(sound, ((0, 0), (REACH, REACH)))), ceiling, gain)
    return sound * along(line, BLOCK, 0, sound.shape[1])


def _smooth(needed: NDArray[np.floating]) -> Line:
    """The gain of a block is the average, over the look-ahead, of minima over one block more.

    So every averaged value respects the block's own peak, and so does what is interpolated between two neighbours.
    """
    row = needed.astype(np.float64)[None]
    lowest = cv2.erode(row, np.ones((1, 2 * AHEAD + 1), np.uint8), borderType=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.blur(lowest, (2 * AHEAD - 1, 1), borderType=cv2.BORDER_REPLICATE)[0], np.float32)
