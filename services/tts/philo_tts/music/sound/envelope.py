"""How loud a tone is over time."""

import numpy as np
from numpy.typing import NDArray

from philo_tts.music.sound.rate import RATE
from philo_tts.music.sound.zone import Envelope, Wobble


def envelope(shape: Envelope, frames: int, softened: float) -> NDArray[np.float32]:
    """Gain of a held tone: delay, attack (at least `softened` seconds), hold, decay to the floor."""
    attack = max(shape.attack, softened)
    start = shape.delay + attack + shape.hold
    gain = np.ones(frames, np.float32)
    if shape.floor > 0 and start * RATE < frames:
        fall = np.arange(frames - int(start * RATE), dtype=np.float32) * np.float32(100 / (shape.decay * RATE))
        gain[int(start * RATE) :] = np.exp(np.minimum(fall, shape.floor) * np.float32(-np.log(10) / 20))
    _rise(gain, int(shape.delay * RATE), max(1, int(attack * RATE)), curved=softened > 0)
    return gain


def _rise(gain: NDArray[np.float32], silent: int, rising: int, *, curved: bool) -> None:
    ramp = np.linspace(0, 1, rising, endpoint=False, dtype=np.float32)
    if curved:
        ramp = np.sin(ramp * np.float32(np.pi / 2)) ** 2
    gain[:silent] = 0
    part = gain[silent : silent + rising]
    part *= ramp[: len(part)]


def oscillation(wobble: Wobble, frames: int) -> NDArray[np.float64]:
    """A sine of the wobble's depth that sets in after its delay."""
    since = np.maximum(0, np.arange(frames) / RATE - wobble.delay)
    return wobble.depth * np.sin(2 * np.pi * wobble.hertz * since)
