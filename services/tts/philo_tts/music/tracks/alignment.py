"""Laying two moments of a track over each other to the sample."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from philo_tts.music.sound.filters import Wave
from philo_tts.music.sound.rate import RATE

REACH: Final = RATE * 9 // 100
"""Frames by which the beat tracker may be wrong."""
AROUND: Final = RATE
SOFT: Final = RATE // 500
THE_SAME: Final = 0.5
"""Correlation from which two waves are one sound."""

Line = NDArray[np.float64]


def _correlation(pattern: Line, within: Line) -> Line:
    """Normalised correlation of a pattern at every place where it fits."""
    size = 1 << (len(within) + len(pattern)).bit_length()
    product = np.fft.irfft(np.fft.rfft(within, size) * np.conj(np.fft.rfft(pattern, size)), size)
    places = len(within) - len(pattern) + 1
    energy = np.cumsum(np.concatenate([[0.0], within**2]))
    local = np.sqrt(np.maximum(energy[len(pattern) :] - energy[:places], 1e-12) * max(float(pattern @ pattern), 1e-12))
    return np.asarray(product[:places] / local)


def _outline(wave: Line) -> Line:
    """Amplitude over some milliseconds, around its mean."""
    soft = np.convolve(np.abs(wave), np.hanning(2 * SOFT) / SOFT, "same")
    return np.asarray(soft - soft.mean())


def aligned(track: Wave, start: int, end: int) -> tuple[int, bool]:
    """Frames to add to `end` so that both moments fall together, and whether they are the same sound."""
    before, behind = min(AROUND, start, end - REACH), min(AROUND, track.shape[1] - end - REACH)
    if before <= 0 or behind <= 0:
        return 0, False
    pattern = track[:, start - before : start + behind].mean(axis=0).astype(np.float64)
    within = track[:, end - before - REACH : end + behind + REACH].mean(axis=0).astype(np.float64)
    waves = _correlation(pattern, within)
    if waves.max() >= THE_SAME:
        return int(waves.argmax()) - REACH, True
    return int(_correlation(_outline(pattern), _outline(within)).argmax()) - REACH, False
