"""How loud a sound is, and how high its wave goes between the samples (ITU-R BS.1770)."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

RATE = 48_000
"""Samples a second, everywhere in a film."""

Sound = NDArray[np.float32]
"""(channels, samples) at 48 kHz; full scale is 1. A film's sound has two channels."""

SHORTEST = 0.4
"""Seconds: the standard measures in blocks of this length."""

REACH = 12
"""Samples on either side that the interpolation between two samples looks at."""


def loudness(sound: Sound) -> float:
    """Integrated loudness in LUFS; -inf for silence and for less than 0.4 s."""
    if sound.shape[1] < SHORTEST * RATE + 1 or not np.any(sound):
        return -math.inf
    import pyloudnorm  # noqa: PLC0415 - it brings SciPy, which would double the time in which the service starts

    return float(pyloudnorm.Meter(RATE).integrated_loudness(sound.T.astype(np.float64)))


def peaks(sound: Sound) -> NDArray[np.float32]:
    """For every sample the highest absolute value of any channel from it up to the next one, four times oversampled."""
    highest = np.abs(sound).max(axis=0)
    for quarter in (0.25, 0.5, 0.75):
        taps = np.arange(-REACH, REACH + 1) - quarter
        window = np.cos(np.clip(taps / (REACH + 1), -1, 1) * np.pi / 2) ** 2
        kernel = (np.sinc(taps) * window).astype(np.float32)
        between = cv2.sepFilter2D(sound, -1, kernel, np.ones(1, np.float32), borderType=cv2.BORDER_CONSTANT)
        highest = np.maximum(highest, np.abs(between).max(axis=0))
    return np.asarray(highest, np.float32)


def true_peak(sound: Sound) -> float:
    """The highest true peak, dBTP; -inf for silence."""
    highest = float(peaks(sound).max(initial=0.0))
    return 20 * math.log10(highest) if highest > 0 else -math.inf


def decibels(value: float) -> float:
    """Decibels -> factor."""
    return float(10 ** (value / 20))
