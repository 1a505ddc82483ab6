"""Loudness after ITU-R BS.1770: K weighting and gating."""

import numpy as np
from numpy.typing import NDArray

from philo_tts.music.sound.convolver import Convolver
from philo_tts.music.sound.filters import Wave
from philo_tts.music.sound.impulses import minimum_phase
from philo_tts.music.sound.rate import RATE

STEP = RATE // 10
"""Frames of a step; a gating block is four of them."""


def _k_weighting(hertz: NDArray[np.float64]) -> NDArray[np.float64]:
    """Magnitude of head shelf and low cut of BS.1770, by their analogue prototypes."""
    s = 1j * np.maximum(hertz, 1e-3)
    centre, q, gain = 1681.97, 0.7072, 10 ** (3.99984 / 20)
    shelf = (gain * s * s + np.sqrt(gain) * s * centre / q + centre**2) / (s * s + s * centre / q + centre**2)
    return np.asarray(np.abs(shelf * s * s / (s * s + s * 38.1355 / 0.5003 + 38.1355**2)))


def step_powers(wave: Wave) -> NDArray[np.float64]:
    """K-weighted power of all channels, a value for each full 100 ms of a wave (channels, frames)."""
    weighted = Convolver(np.stack([minimum_phase(_k_weighting)] * len(wave)))(wave)
    steps = wave.shape[1] // STEP
    squares = np.square(weighted[:, : steps * STEP]).sum(axis=0)
    return np.asarray(squares.reshape(steps, STEP).mean(axis=1, dtype=np.float64))


def integrated(powers: NDArray[np.float64]) -> float:
    """LUFS of a whole piece from the powers of its 100 ms steps; -70 for silence or under 0.4 s."""
    if len(powers) < 4:
        return -70.0
    blocks = np.convolve(powers, np.ones(4) / 4, "valid")
    heard = blocks[blocks > 10 ** ((-70 + 0.691) / 10)]
    if not len(heard):
        return -70.0
    gated = heard[heard > heard.mean() / 10]
    return float(-0.691 + 10 * np.log10(gated.mean()))
