"""The last chord, rolled upwards and left to ring."""

from philo_tts.music.composing.bars import Bar
from philo_tts.music.composing.brief import Brief
from philo_tts.music.composing.pen import Pen
from philo_tts.music.composing.percussion import drum, tuned_key
from philo_tts.music.composing.voicing import voicing

ENDING_DRUMS = ("timp", "taiko")
LOW_DRUM = 41
ROLL = 0.09
"""Beats between the tones of the rolled chord."""


def _final_stroke(last: Bar, brief: Brief, pen: Pen) -> None:
    """Timpani and taiko end with the orchestra."""
    rhythm = brief.rhythm
    if rhythm is None or brief.rhythm_name not in ENDING_DRUMS:
        return
    voice, key = drum(rhythm, last, brief.mood), tuned_key(LOW_DRUM, last, rhythm)
    pen.write(last, "drums", key, last.velocity + 8, beats=0.5, scatter=0.002, instrument=voice)


def write_ending(last: Bar, before: tuple[int, ...], held: float, brief: Brief, pen: Pen) -> None:
    """Writes the last chord, held for so many beats: to the end of the piece."""
    for key in voicing(last.pitches, 4, before, last.bass):
        pen.write(last, "pad", key, last.velocity - 2, beats=held, scatter=0.003)
    pen.write(last, "bass", last.bass, last.velocity, beats=held, scatter=0.003)
    for step, key in enumerate(last.open_keys(52, 90)[:5]):
        velocity = last.velocity - 3 * (step % 2)
        pen.write(last, "keys", key, velocity, beats=held, after=step * ROLL, scatter=0.004)
    _final_stroke(last, brief, pen)
