"""The sections of a piece and how lively they are."""

from dataclasses import dataclass
from itertools import cycle, islice

import numpy as np

from philo_tts.music.rules.shapes import SectionShape
from philo_tts.music.rules.tables import FORMS

SHORT_INTRO_BELOW, LONG_SECTIONS_FROM = 14, 36
"""Bars."""
UNEVEN = 0.04


@dataclass(frozen=True, slots=True)
class Stretch:
    """A section before it has a place: its name, bars and energy."""

    name: str
    bars: int
    energy: float


def stretches(bars: int, dice: np.random.Generator) -> list[Stretch]:
    """Divides the bars before the cadence into an intro and sections of 4 or 8."""
    if bars <= 3:
        name, energy = FORMS.fragment
        return [Stretch(name, bars, energy)] if bars > 0 else []
    intro = 2 if bars < SHORT_INTRO_BELOW else 4
    sections = _sections(bars - intro, 4 if bars < LONG_SECTIONS_FROM else 8)
    return [
        Stretch("intro", intro, FORMS.intro),
        *(Stretch(name, taken, _uneven(energy, dice)) for (name, energy), taken in sections),
    ]


def _sections(bars: int, usual: int) -> list[tuple[SectionShape, int]]:
    """Shapes and lengths: short pieces have a plan of their own, long ones breathe; a rest is short."""
    few = FORMS.short.get(max(1, bars // usual))
    shapes = few or islice(cycle(FORMS.long["breath"]), bars)
    found, left = list[tuple[SectionShape, int]](), bars
    for shape in shapes:
        wanted = 4 if shape[0] == "rest" else usual
        taken = left if left - wanted < 4 else wanted
        if taken:
            found.append((shape, taken))
        left -= taken
    return found


def _uneven(energy: float, dice: np.random.Generator) -> float:
    return float(np.clip(energy + dice.normal(0, UNEVEN), 0.3, 0.95))
