"""A look-ahead limiter: the gain is down before the peak comes, and comes back without a click."""

from __future__ import annotations

import cv2
import numpy as np

from philo_render.film.loudness import Sound, peaks

BLOCK = 16
"""Samples that share one gain value before it is interpolated."""
REACH = 45
"""Blocks of look-ahead: 15 ms."""


def limited(sound: Sound, ceiling: float) -> Sound:
    """`sound` with no true peak above `ceiling` (a factor of full scale).

    The gain of a block is the average, over the look-ahead, of minima over one block more: every averaged value
    already respects the block's own peak, and so does whatever is interpolated between two neighbours.
    """
    need = np.minimum(1.0, ceiling / np.maximum(peaks(sound), 1e-9))
    if need.size == 0 or need.min() >= 1.0:
        return sound
    count = -(-need.size // BLOCK)
    blocks = np.pad(need, (0, count * BLOCK - need.size), constant_values=1.0).reshape(count, BLOCK).min(axis=1)
    row = np.asarray(blocks, np.float64)[None]
    lowest = cv2.erode(row, np.ones((1, 2 * REACH + 1), np.uint8), borderType=cv2.BORDER_REPLICATE)
    smooth = cv2.blur(lowest, (2 * REACH - 1, 1), borderType=cv2.BORDER_REPLICATE)[0]
    centres = np.arange(count) * BLOCK + (BLOCK - 1) / 2
    gain = np.interp(np.arange(need.size), centres, smooth)
    return np.asarray(sound * gain, np.float32)
