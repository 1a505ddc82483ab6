"""Riding the fader: quiet sections a little louder, loud ones a little quieter, slowly, as a mixer's hand does."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from philo_tts.music.sound.filters import Wave
from philo_tts.music.sound.rate import RATE

Line = NDArray[np.float64]
A_SECOND: Final = 10
"""Steps of the loudness that is ridden by."""
HEARD_OVER, GLIDE, ENDING = 3 * A_SECOND, 4 * A_SECOND, 7 * A_SECOND
SHARE: Final = 0.4
"""Of the distance from the usual level, that is made good."""
DOWN, UP = -4.0, 6.0
"""dB."""
SPAN: Final = 10 * RATE


def _averaged(line: Line, steps: int) -> Line:
    """Mean over a window around each step, the ends held."""
    before = steps // 2
    padded = np.pad(line, (before, steps - 1 - before), mode="edge")
    return np.asarray(np.convolve(padded, np.full(steps, 1 / steps), "valid"))


def ride(powers: Line) -> Line:
    """dB for every 100 ms of a piece with these powers. The fader rests while the last chord dies away."""
    if len(powers) <= ENDING:
        return np.zeros(len(powers))
    level = 10 * np.log10(_averaged(powers, HEARD_OVER) + 1e-10)
    usual = 10 * np.log10(powers.mean() + 1e-10)
    moves = np.clip(SHARE * (usual - level), DOWN, UP)
    moves[-ENDING:] = moves[-ENDING]
    return _averaged(_averaged(moves, GLIDE), GLIDE)


def ridden(wave: Wave, moves: Line) -> None:
    """Moves the level of a wave (2, frames), in place."""
    middles = (np.arange(len(moves)) + 0.5) * RATE / A_SECOND
    for at in range(0, wave.shape[1] if len(moves) else 0, SPAN):
        part = wave[:, at : at + SPAN]
        decibels = np.interp(np.arange(at, at + part.shape[1]), middles, moves)
        part *= (10 ** (decibels / 20)).astype(np.float32)
