"""Impulses of filters and rooms."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from philo_tts.music.sound.rate import RATE

Curve = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Magnitude by frequency in hertz."""
TAPS = 4096


def minimum_phase(curve: Curve) -> NDArray[np.float64]:
    """The filter of TAPS frames with this magnitude and the least delay, by folding its cepstrum."""
    size = 4 * TAPS
    cepstrum = np.fft.ifft(np.log(np.maximum(curve(np.abs(np.fft.fftfreq(size, 1 / RATE))), 1e-4))).real
    cepstrum[1 : size // 2] *= 2
    cepstrum[size // 2 + 1 :] = 0
    impulse = np.fft.ifft(np.exp(np.fft.fft(cepstrum))).real[:TAPS]
    impulse[-TAPS // 4 :] *= np.cos(np.linspace(0, np.pi / 2, TAPS // 4)) ** 2
    return impulse
