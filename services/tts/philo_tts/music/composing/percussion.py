"""Percussion: one pattern for the piece, heard where a section is lively enough."""

from dataclasses import replace

from philo_tts.music.composing.band import shaded
from philo_tts.music.composing.bars import Bar
from philo_tts.music.composing.brief import Brief
from philo_tts.music.composing.figures import swung
from philo_tts.music.composing.pen import Pen
from philo_tts.music.rules.shapes import MoodRules, Rhythm
from philo_tts.music.score import Instrument

SHAKER, HAT, ASIDE = 70, 42, 0.25
LOUD_ENOUGH = 0.62
"""Below this energy the faintest strokes are left out."""


def drum(rhythm: Rhythm, bar: Bar, mood: MoodRules) -> Instrument:
    """The rhythm's own instrument, or the drum kit of the band."""
    return shaded("drums", rhythm.instrument, mood) if rhythm.instrument else bar.band["drums"]


def tuned_key(key: int, bar: Bar, rhythm: Rhythm) -> int:
    """The key to strike; a tuned drum takes the root of the chord."""
    return 36 + (bar.pitches[0] - 36) % 12 if rhythm.tuned else key


def _write_bar(bar: Bar, rhythm: Rhythm, brief: Brief, pen: Pen) -> None:
    middle = drum(rhythm, bar, brief.mood)
    for beat, key, strength in rhythm.strokes:
        if beat >= bar.beats or (bar.energy < LOUD_ENOUGH and strength < 0.12):
            continue
        velocity = 16 + 88 * strength * (0.7 + 0.3 * bar.energy)
        voice = replace(middle, pan=ASIDE) if key in {SHAKER, HAT} else middle
        after = swung(beat, brief.genre.swing)
        tuned = tuned_key(key, bar, rhythm)
        pen.write(bar, "drums", tuned, velocity, beats=0.4, after=after, scatter=0.006, instrument=voice)


def write_percussion(bars: list[Bar], brief: Brief, pen: Pen) -> None:
    """Writes the drums, if mood and genre have any."""
    rhythm = brief.rhythm
    if rhythm is None:
        return
    for bar in bars:
        if bar.energy > rhythm.from_energy and bar.section != "end":
            _write_bar(bar, rhythm, brief, pen)
