"""An equaliser that leaves a pocket for the speaking voice."""

import numpy as np
from numpy.typing import NDArray

from philo_tts.music.sound.convolver import Convolver
from philo_tts.music.sound.filters import Wave
from philo_tts.music.sound.impulses import minimum_phase

Hertz = NDArray[np.float64]
DIP_DB, DIP_AT, DIP_OCTAVES = 5.0, 1000.0, 1.2
AIR_DB, AIR_FROM = 8.0, 3000.0
RUMBLE = 30.0
SIDE, MONO_BELOW = 0.62, 160.0


def mid_curve(hertz: Hertz) -> Hertz:
    """A wide dip where speech lives, air above it, no rumble below."""
    octaves = np.log2(np.maximum(hertz, 1) / DIP_AT)
    dip = 10 ** (-DIP_DB / 20 * np.exp(-((octaves / DIP_OCTAVES) ** 2) / 2))
    rumble = 1 / np.sqrt(1 + (RUMBLE / np.maximum(hertz, 1e-3)) ** 6)
    air = 10 ** (AIR_DB / 20 / (1 + (AIR_FROM / np.maximum(hertz, 1)) ** 2))
    return np.asarray(dip * rumble * air)


def side_curve(hertz: Hertz) -> Hertz:
    """The same for the difference of the channels: narrower, and mono in the bass."""
    return mid_curve(hertz) * SIDE / np.sqrt(1 + (MONO_BELOW / np.maximum(hertz, 1e-3)) ** 4)


class Pocket:
    """Equalises left and right through their sum and difference."""

    def __init__(self) -> None:
        self._equalise = Convolver(np.stack([minimum_phase(mid_curve), minimum_phase(side_curve)]))

    def __call__(self, wave: Wave) -> Wave:
        """The equalised wave (2, frames); see Convolver for the lengths of successive calls."""
        half = np.float32(0.5)
        mid, side = self._equalise(np.stack([(wave[0] + wave[1]) * half, (wave[0] - wave[1]) * half]))
        return np.stack([mid + side, mid - side])
