"""A synthetic room: noise whose high bands die sooner, after a few early echoes."""

import numpy as np
from numpy.typing import NDArray

from philo_tts.music.sound.rate import RATE

SEED = 7
BANDS = (
    (0, 200, 0.85, 0.45),
    (200, 500, 1.0, 0.9),
    (500, 1200, 1.0, 1.0),
    (1200, 3000, 0.8, 0.8),
    (3000, 7000, 0.55, 0.55),
    (7000, RATE / 2 + 1, 0.35, 0.3),
)
"""From and to hertz, share of the reverb time, level."""
PRE_DELAY = 0.018
ECHOES = 7


def _tail(dice: np.random.Generator, room: float, frames: int) -> NDArray[np.float64]:
    """One channel of decaying noise."""
    spectrum = np.fft.rfft(dice.standard_normal(frames))
    hertz = np.fft.rfftfreq(frames, 1 / RATE)
    time = np.arange(frames) / RATE
    tail = np.zeros(frames)
    for low, high, share, level in BANDS:
        band = np.fft.irfft(np.where((hertz >= low) & (hertz < high), spectrum, 0), frames)
        tail += level * band * 10 ** (-3 * time / (room * share))
    return tail * np.minimum(time / 0.03, 1) ** 0.7  # density builds up


def _add_echoes(channel: NDArray[np.float64], dice: np.random.Generator) -> None:
    for echo in range(ECHOES):
        at = int((0.011 + 0.009 * echo + dice.uniform(0, 0.006)) * RATE)
        channel[at] += 4 * dice.choice([-1, 1]) * 0.8**echo


def room_impulse(room: float) -> NDArray[np.float64]:
    """Impulse (2, frames) of a room with this reverb time in seconds, of unit energy a channel."""
    dice = np.random.Generator(np.random.PCG64(SEED))
    before, frames = int(PRE_DELAY * RATE), int((room * 1.05 + 0.1) * RATE)
    out = np.zeros((2, before + frames))
    for channel in out[:, before:]:
        channel[:] = _tail(dice, room, frames)
        _add_echoes(channel, dice)
    out[:, -2400:] *= np.linspace(1, 0, 2400)
    return np.asarray(out / np.sqrt(np.sum(out**2) / 2))
