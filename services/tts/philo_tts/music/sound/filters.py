"""Filters in the frequency domain."""

import numpy as np
from numpy.typing import NDArray

from philo_tts.music.sound.rate import RATE

Wave = NDArray[np.float32]
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


def filtered(wave: Wave, low_passes: list[tuple[float, float]], cut_below: float) -> Wave:
    """A wave (channels, frames) behind low passes of (hertz, q) and a high pass (0 is none)."""
    frames = wave.shape[-1]
    length = quick_length(frames + TAIL)
    hertz = np.arange(length // 2 + 1, dtype=np.float32) * np.float32(RATE / length)
    response = high_pass(hertz, cut_below) if cut_below else np.ones(len(hertz), np.complex64)
    for cutoff, q in low_passes:
        response *= low_pass(hertz, cutoff, q)
    return np.fft.irfft(np.fft.rfft(wave, length) * response, length)[..., :frames].astype(np.float32)
