"""An equaliser that leaves a pocket for the speaking voice, as deep as a piece needs it."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from philo_tts.music.sound.convolver import Convolver
from philo_tts.music.sound.filters import Wave
from philo_tts.music.sound.impulses import minimum_phase

Hertz = NDArray[np.float64]
DIP_AT, DIP_OCTAVES = 1150.0, 1.1
AIR_FROM = 4500.0
RUMBLE = 30.0
SIDE, MONO_BELOW = 0.62, 160.0


@dataclass(frozen=True, slots=True)
class Shape:
    """dB taken away in the middle of the voice band, and given above it."""

    dip: float
    air: float


def mid_curve(hertz: Hertz, shape: Shape) -> Hertz:
    """A wide dip where speech lives, air above it, no rumble below."""
    octaves = np.log2(np.maximum(hertz, 1) / DIP_AT)
    dip = 10 ** (-shape.dip / 20 * np.exp(-((octaves / DIP_OCTAVES) ** 2) / 2))
    rumble = 1 / np.sqrt(1 + (RUMBLE / np.maximum(hertz, 1e-3)) ** 6)
    air = 10 ** (shape.air / 20 / (1 + (AIR_FROM / np.maximum(hertz, 1)) ** 4))
    return np.asarray(dip * rumble * air)


def side_curve(hertz: Hertz, shape: Shape) -> Hertz:
    """The same for the difference of the channels: narrower, and mono in the bass."""
    return mid_curve(hertz, shape) * SIDE / np.sqrt(1 + (MONO_BELOW / np.maximum(hertz, 1e-3)) ** 4)


class Pocket:
    """Equalises left and right through their sum and difference."""

    def __init__(self, shape: Shape) -> None:
        mid, side = (minimum_phase(partial(curve, shape=shape)) for curve in (mid_curve, side_curve))
        self._equalise = Convolver(np.stack([mid, side]))

    def __call__(self, wave: Wave) -> Wave:
        """The equalised wave (2, frames); see Convolver for the lengths of successive calls."""
        half = np.float32(0.5)
        mid, side = self._equalise(np.stack([(wave[0] + wave[1]) * half, (wave[0] - wave[1]) * half]))
        return np.stack([mid + side, mid - side])
