"""Filters in the frequency domain."""

from functools import reduce

import numpy as np
from numpy.typing import NDArray

from philo_tts.music.sound.rate import RATE

Wave = NDArray[np.float32]
Pass = tuple[float, float]
"""A low pass: hertz and q."""
Spectrum = NDArray[np.float32]
Response = NDArray[np.complex64]
TAIL = 2048
"""Frames for a filter to ring out in, so that it does not come round to the beginning."""


def quick_length(frames: int) -> int:
    """The next length of the form 2^a, 3*2^a or 5*2^a: quick to transform."""
    top = 1 << (frames - 1).bit_length()
    return min(length for length in (top, top * 3 // 4, top * 5 // 8) if length >= frames)


def low_pass(hertz: Spectrum, cutoff: float, q: float) -> Response:
    """Response of a second-order low pass."""
    s = hertz / np.float32(cutoff)
    return np.asarray(np.reciprocal((1 - s * s) + s * np.complex64(1j / q)))


def high_pass(hertz: Spectrum, cutoff: float) -> Response:
    """Response of a second-order Butterworth high pass."""
    s = hertz / np.float32(cutoff)
    squared = s * s
    return np.asarray(-squared / ((1 - squared) + s * np.complex64(1.414j)))


def filtered(parts: list[tuple[Wave, Pass | None]], low_passes: list[Pass], cut_below: float) -> Wave:
    """The sum of parts (channels, frames), each behind its own low pass, all behind common ones and a high pass.

    A low pass is (hertz, q); a high pass of 0 hertz is none. One inverse transform serves all parts.
    """
    frames = parts[0][0].shape[-1]
    length = quick_length(frames + TAIL)
    hertz = np.arange(length // 2 + 1, dtype=np.float32) * np.float32(RATE / length)
    spectra = (np.fft.rfft(wave, length) * (low_pass(hertz, *own) if own else 1) for wave, own in parts)
    mixed = reduce(np.add, spectra)
    for common in low_passes:
        mixed *= low_pass(hertz, *common)
    if cut_below:
        mixed *= high_pass(hertz, cut_below)
    return np.fft.irfft(mixed, length)[..., :frames].astype(np.float32)
