"""A look-ahead limiter: the gain is down before the peak comes, and comes back without a click."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from philo_render.film.loudness import Sound, peaks

BLOCK = 16
"""Samples that share one gain value before it is interpolated."""
REACH = 45
"""Blocks of look-ahead: 15 ms."""


def limited(sound: Sound, ceiling: float, gain: float = 1.0, high: NDArray[np.float32] | None = None) -> Sound:
    """`sound` times `gain`, with no true peak above `ceiling` (a factor of full scale).

    `high` are the peaks of `sound`, if they are known already: they do not change while a loudness is sought.
    """
    need = np.minimum(1.0, ceiling / np.maximum((peaks(sound) if high is None else high) * gain, 1e-9))
    return np.asarray(sound * (gain * _smooth(need)), np.float32)


def _smooth(need: NDArray[np.float32]) -> NDArray[np.float64]:
    """The gain of a block is the average, over the look-ahead, of minima over one block more.

    So every averaged value respects the block's own peak, and so does what is interpolated between two neighbours.
    """
    if need.size == 0 or need.min() >= 1.0:
        return np.ones(need.size)
    count = -(-need.size // BLOCK)
    blocks = np.pad(need, (0, count * BLOCK - need.size), constant_values=1.0).reshape(count, BLOCK).min(axis=1)
    row = np.asarray(blocks, np.float64)[None]
    lowest = cv2.erode(row, np.ones((1, 2 * REACH + 1), np.uint8), borderType=cv2.BORDER_REPLICATE)
    smooth = cv2.blur(lowest, (2 * REACH - 1, 1), borderType=cv2.BORDER_REPLICATE)[0]
    centres = np.arange(count) * BLOCK + (BLOCK - 1) / 2
    return np.asarray(np.interp(np.arange(need.size), centres, smooth), np.float64)
