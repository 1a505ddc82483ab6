"""How high a sound's wave goes between its samples (ITU-R BS.1770-4, annex 2: four times oversampled)."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from philo_render.film.sound.pcm import Line, Sound

BLOCK = 64
"""Samples that share one value."""
REACH = 12
"""Samples on either side that the interpolation between two samples looks at."""
SPAN = 4096
"""Blocks that are measured at once."""


def peaks(sound: Sound) -> Line:
    """The true peak of any channel in each block of 64 samples, up to the first sample of the next one.

    `sound` (channels, REACH + n + REACH) brings its neighbours with it; a last block may be shorter.
    """
    count = -(-(sound.shape[1] - 2 * REACH) // BLOCK)
    padded = np.pad(sound, ((0, 0), (0, count * BLOCK + 2 * REACH - sound.shape[1])))
    highest = np.zeros(count, np.float32)
    for channel in padded:
        windows = sliding_window_view(channel, BLOCK + 2 * REACH)[::BLOCK]
        for start in range(0, count, SPAN):
            window = np.ascontiguousarray(windows[start : start + SPAN])
            found = np.maximum(_high(window[:, REACH:-REACH]), _high(window @ _between()))
            np.maximum(highest[start : start + SPAN], found, out=highest[start : start + SPAN])
    return highest


def true_peak(sound: Sound) -> float:
    """The highest true peak, dBTP; -inf for silence."""
    highest = float(peaks(np.pad(sound, ((0, 0), (REACH, REACH)))).max(initial=0.0))
    return 20 * math.log10(highest) if highest > 0 else -math.inf


def _high(rows: Line) -> Line:
    return np.asarray(np.maximum(rows.max(axis=1), -rows.min(axis=1)), np.float32)


@cache
def _between() -> Line:
    """A block with its neighbours times this matrix is what lies a quarter, a half and three quarters after its samples."""
    matrix = np.zeros((BLOCK + 2 * REACH, 3, BLOCK), np.float32)
    for quarter in range(3):
        taps = np.arange(-REACH, REACH + 1) - (quarter + 1) / 4
        kernel = np.sinc(taps) * np.cos(np.clip(taps / (REACH + 1), -1, 1) * np.pi / 2) ** 2
        for sample in range(BLOCK):
            matrix[sample : sample + kernel.size, quarter, sample] = kernel
    return matrix.reshape(len(matrix), -1)
