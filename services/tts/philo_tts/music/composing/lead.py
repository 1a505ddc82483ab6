"""The lead: one motif for the piece, stated, moved and answered."""

from dataclasses import dataclass

import numpy as np

from philo_tts.music.composing.bars import Bar
from philo_tts.music.composing.brief import Brief
from philo_tts.music.composing.pen import Pen
from philo_tts.music.rules.shapes import Cell
from philo_tts.music.rules.tables import MELODY

LOW, HIGH = 67, 85
CENTRE = 74


@dataclass(frozen=True, slots=True)
class Motif:
    """Two bars of rhythm and the steps that the melody takes through them."""

    cells: tuple[Cell, ...]
    steps: tuple[int, ...]


def drawn_motif(dice: np.random.Generator) -> Motif:
    """A motif with seven small steps and a leap among them at times."""
    cells = tuple(MELODY.cells[int(dice.integers(len(MELODY.cells)))] for _ in range(2))
    steps = dice.choice(list(MELODY.steps), 8, p=list(MELODY.steps.values()))
    return Motif(cells, tuple(int(step) for step in steps))


def answered(motif: Motif) -> Motif:
    """The same rhythm with every step turned round: what rose now falls."""
    return Motif(motif.cells, tuple(-step for step in motif.steps))


def _scale(brief: Brief) -> tuple[int, ...]:
    scales = MELODY.five_tones if brief.genre.pentatonic else MELODY.scales
    return scales[brief.mood.mode]


def _nearest(wanted: int, beat: float, bar: Bar, scale: tuple[int, ...]) -> int:
    """The key nearest to the wanted one: of the chord on a strong beat, of the scale between."""
    if beat % 2 == 0:
        keys = bar.open_keys(LOW, HIGH)
    else:
        keys = [
            key
            for key in range(LOW, HIGH)
            if (key - bar.tonic) % 12 in scale and all((key - p) % 12 not in {1, 11} for p in bar.pitches)
        ]
    return min(keys or [wanted], key=lambda key: (abs(key - wanted), key))


def _sings(bar: Bar, readiness: float, dice: np.random.Generator) -> bool:
    """Whether the two-bar phrase that begins here is played."""
    if bar.section == "end":
        return False
    always = bar.section == "lift"
    waits = bar.section in {"intro", "rest", "build", "calm"} and bar.place % 4 >= 2
    return (always or waits) and bool(dice.random() < readiness + (0.35 if always else 0.15))


def _phrase(bars: list[Bar], motif: Motif, scale: tuple[int, ...], pen: Pen) -> None:
    """The motif once, from near the centre."""
    key = CENTRE + (2 if bars[0].section == "lift" else 0)
    steps = iter(motif.steps)
    for bar, cell in zip(bars, motif.cells, strict=False):
        for beat, length in cell:
            if beat >= bar.beats:
                continue
            key = _nearest(key + next(steps), beat, bar, scale)
            held = min(length, bar.beats - beat)
            pen.write(bar, "lead", key, bar.velocity - 2, beats=held, after=beat, scatter=0.012)


def write_lead(bars: list[Bar], brief: Brief, pen: Pen) -> None:
    """Writes the melody in phrases of two bars."""
    dice = brief.dice("lead")
    motif, scale = drawn_motif(dice), _scale(brief)
    for first in range(0, len(bars), 2):
        if _sings(bars[first], brief.mood.lead, dice):
            _phrase(bars[first : first + 2], motif, scale, pen)
            motif = answered(motif)
