"""The pad: the chord itself, held, with a thread of air above it."""

from philo_tts.music.composing.bars import Bar
from philo_tts.music.composing.pen import Pen
from philo_tts.music.composing.voicing import voicing

AIR_FROM = 0.44
AIR_CENTRE = 78
OVERLAP = 0.15
"""Beats by which a held chord reaches into the next."""


def laid_out(bars: list[Bar]) -> list[tuple[int, ...]]:
    """Keys of every bar's chord, each moving as little as it can from the one before."""
    found: list[tuple[int, ...]] = []
    for bar in bars:
        before = found[-1] if found else ()
        found.append(voicing(bar.pitches, 4 if bar.energy > 0.4 else 3, before, bar.bass))
    return found


def write_pad(bars: list[Bar], chords: list[tuple[int, ...]], pen: Pen) -> None:
    """The chords, held over the whole bar."""
    for bar, keys in zip(bars, chords, strict=True):
        for key in keys:
            pen.write(bar, "pad", key, bar.velocity - 4, beats=bar.beats + OVERLAP, scatter=0.012)


def write_air(bars: list[Bar], pen: Pen) -> None:
    """One high tone that wanders as little as it can, in lively and in resting sections."""
    tone = AIR_CENTRE
    for bar in bars:
        if bar.energy > AIR_FROM or bar.section == "rest":
            tone = min(bar.open_keys(72, 87), key=lambda key: abs(key - tone))
            pen.write(bar, "air", tone, bar.velocity - 12, beats=bar.beats + 0.1, scatter=0.02)
