"""The silence that files begin and end with."""

import numpy as np

from philo_tts.music.errors import UnusableTrack
from philo_tts.music.sound.filters import Wave
from philo_tts.music.sound.rate import RATE

STEP = RATE // 100
HEARD_DB = -54.0
"""Against the loudest 10 ms."""
FAINTEST = 1e-4
"""A track whose loudest 10 ms are below this is silent."""
BEFORE = RATE // 20
"""Frames left before the first sound, so that its attack is whole."""


def trimmed(wave: Wave) -> Wave:
    """A view (2, frames) from the first sound to the last. Raises UnusableTrack for silence."""
    steps = wave.shape[1] // STEP
    levels = np.abs(wave[:, : steps * STEP]).max(axis=0).reshape(steps, STEP).max(axis=1)
    if levels.max() < FAINTEST:
        raise UnusableTrack("The track is silent.")
    heard = np.flatnonzero(levels > levels.max() * 10 ** (HEARD_DB / 20))
    return wave[:, max(0, heard[0] * STEP - BEFORE) : (heard[-1] + 1) * STEP]
