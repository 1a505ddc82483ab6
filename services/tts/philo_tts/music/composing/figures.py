"""The keys: a figure of broken chords that changes with the section."""

import numpy as np

from philo_tts.music.composing.bars import Bar
from philo_tts.music.composing.brief import Brief
from philo_tts.music.composing.pen import Pen
from philo_tts.music.rules.tables import FIGURES

QUIET, THIN = 0.45, 0.7
"""Below this energy, notes weaker than THIN are left out every other time."""
ENTERS_FROM = 0.32
LOWEST = {"intro": 56, "calm": 52, "build": 49, "lift": 52, "rest": 61, "end": 52}
"""Where the ladder of each section begins: a rest is heard from above."""
HIGHEST = 88


def ladder(bar: Bar) -> list[int]:
    """Keys of the open chord, upwards from where the section begins; the root lowest if it is near."""
    keys = bar.open_keys(LOWEST[bar.section], HIGHEST)
    root = next((step for step, key in enumerate(keys) if key % 12 == bar.pitches[0]), len(keys))
    return keys[root:] if root < 3 else keys


def swung(beat: float, swing: float) -> float:
    """An off-beat eighth comes later by the swing."""
    return beat + swing if beat * 2 % 2 == 1 else beat


def _pattern(bar: Bar, dice: np.random.Generator) -> list[tuple[float, int, float, float]]:
    """Even bars keep to the section's own pattern, odd ones answer freely."""
    patterns = FIGURES[bar.figure]
    own = (bar.section_number + bar.place // 4) % len(patterns)
    return patterns[int(dice.integers(len(patterns))) if bar.place % 2 else own]


def _left_out(bar: Bar, beat: float, strength: float, density: float, dice: np.random.Generator) -> bool:
    if bar.section == "intro" and beat > 2 and density < 0.55:
        return True
    return bar.energy < QUIET and strength < THIN and bool(dice.random() < 0.5)


def write_figures(bars: list[Bar], brief: Brief, pen: Pen) -> None:
    """Writes the keys' part."""
    dice = brief.dice("figures")
    for bar in bars:
        if bar.energy <= ENTERS_FROM and bar.section not in {"intro", "end"}:
            continue
        keys = ladder(bar)
        for beat, step, length, strength in _pattern(bar, dice):
            if beat >= bar.beats or step >= len(keys) or _left_out(bar, beat, strength, brief.mood.density, dice):
                continue
            velocity = bar.velocity * (0.72 + 0.28 * strength) - (3 if bar.section == "calm" else 0)
            held = min(length, bar.beats - beat)
            pen.write(bar, "keys", keys[step], velocity, beats=held, after=swung(beat, brief.genre.swing))
