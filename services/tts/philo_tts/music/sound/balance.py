"""The tonal balance of a mix: how much of it covers speech, how dark it is, and what would mend that."""

import numpy as np
from numpy.typing import NDArray

from philo_tts.music.sound.convolver import BLOCK
from philo_tts.music.sound.filters import Wave
from philo_tts.music.sound.pocket import Shape, mid_curve
from philo_tts.music.sound.rate import RATE

Power = NDArray[np.float64]
HERTZ: Power = np.fft.rfftfreq(BLOCK, 1 / RATE).astype(np.float64)
VOICE, CONSONANTS = (300.0, 3000.0), (1000.0, 3000.0)
MOST_VOICE, MOST_CONSONANTS = 0.46, 0.08
"""Shares of the energy that may lie where speech does."""
DARKEST = -8.0
"""dB an octave by which the density of energy may fall, from 100 Hz to 12.8 kHz."""
OCTAVES = 100.0 * 2.0 ** np.arange(8)
DIPS = range(2, 14)
AIRS = range(2, 17, 2)


class Listening:
    """Adds up the spectrum of a mix while it passes."""

    def __init__(self) -> None:
        self.power: Power = np.zeros(len(HERTZ))

    def add(self, wave: Wave) -> None:
        """Hears a wave (2, frames); what is left over from whole blocks is not needed."""
        mid = wave.sum(axis=0)
        for at in range(0, len(mid), BLOCK):
            self.power += np.abs(np.fft.rfft(mid[at : at + BLOCK], BLOCK)) ** 2


def share(power: Power, band: tuple[float, float]) -> float:
    """Share of the energy that lies in a band."""
    low, high = np.searchsorted(HERTZ, band)
    return float(power[low:high].sum() / max(power.sum(), 1e-12))


def slope(power: Power) -> float:
    """How the density of energy falls, dB an octave."""
    bounds = np.searchsorted(HERTZ, OCTAVES)
    density = np.add.reduceat(power, bounds)[:-1] / np.diff(OCTAVES)
    return float(np.polyfit(range(len(density)), 10 * np.log10(density + 1e-12), 1)[0])


def fitting(power: Power) -> Shape:
    """The shallowest dip that keeps this mix out of the voice band, and the least air that keeps it from being dark."""

    def shaped(shape: Shape) -> Power:
        return np.asarray(power * mid_curve(HERTZ, shape) ** 2)

    def leaves_room(shape: Shape) -> bool:
        mended = shaped(shape)
        return share(mended, VOICE) <= MOST_VOICE and share(mended, CONSONANTS) <= MOST_CONSONANTS

    def aired(dip: float) -> Shape:
        """This dip with the least air that keeps the mix from being dark."""
        shapes = [Shape(dip, air) for air in AIRS]
        return next((shape for shape in shapes if slope(shaped(shape)) >= DARKEST), shapes[-1])

    return next(filter(leaves_room, map(aired, DIPS)), aired(DIPS[-1]))
