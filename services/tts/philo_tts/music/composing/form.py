"""The sections of a piece and how lively they are."""

from dataclasses import dataclass

import numpy as np

WAVE = (
    ("calm", 0.5),
    ("build", 0.64),
    ("lift", 0.8),
    ("calm", 0.48),
    ("build", 0.66),
    ("lift", 0.86),
    ("calm", 0.5),
    ("rest", 0.36),
)
"""One breath of a piece; a long one breathes again and again."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A section before it has a place: its name, bars and energy."""

    name: str
    bars: int
    energy: float


def stretches(bars: int, dice: np.random.Generator) -> list[Stretch]:
    """Divides the bars before the cadence into sections of 4 or 8."""
    if bars <= 3:
        return [Stretch("calm", bars, 0.55)] if bars > 0 else []
    intro = 2 if bars < 14 else 4
    found, left = [Stretch("intro", intro, 0.3)], bars - intro
    while left > 0:
        name, energy = WAVE[(len(found) - 1) % len(WAVE)]
        wanted = 4 if name == "rest" or bars < 36 else 8
        taken = left if left - wanted < 4 else wanted
        found.append(Stretch(name, taken, float(np.clip(energy + dice.normal(0, 0.04), 0.3, 0.95))))
        left -= taken
    return found
