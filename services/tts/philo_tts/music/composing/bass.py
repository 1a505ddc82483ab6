"""The bass: the root of the bar, and a second step where the music is lively."""

import numpy as np

from philo_tts.music.composing.bars import Bar
from philo_tts.music.composing.brief import Brief
from philo_tts.music.composing.pen import Pen

ENTERS_FROM = 0.35
STEPS_FROM = 0.6
STEPS_DENSITY = 0.55
DETACHED = 0.1


def _second_step(bar: Bar, dice: np.random.Generator) -> int:
    """The root again, or the fifth if the chord has it, or the octave."""
    if dice.random() < 0.6:
        return bar.bass
    return bar.bass + 7 if (bar.bass + 7) % 12 in bar.pitches else bar.bass + 12


def write_bass(bars: list[Bar], brief: Brief, pen: Pen) -> None:
    """Writes the bass; a lo-fi beat pulls the second step behind the middle of the bar."""
    dice, mood = brief.dice("bass"), brief.mood
    middle = mood.beats / 2 + (0.5 if brief.rhythm_name == "lofi" else 0)
    for bar in bars:
        if bar.energy <= ENTERS_FROM and bar.section != "end":
            continue
        steps = bar.energy > STEPS_FROM and mood.density > STEPS_DENSITY
        held = middle if steps else bar.beats
        pen.write(bar, "bass", bar.bass, bar.velocity - 2, beats=held - DETACHED * steps, scatter=0.004)
        if steps:
            key = _second_step(bar, dice)
            beats = bar.beats - middle - 0.2
            pen.write(bar, "bass", key, bar.velocity - 8, beats=beats, after=middle, scatter=0.004)
