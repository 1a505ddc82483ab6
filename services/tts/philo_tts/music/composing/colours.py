"""Colours that a mood may add: a pulse of strings, horns, a choir, a tremolo."""

from collections.abc import Callable

from philo_tts.music.composing.bars import Bar
from philo_tts.music.composing.pen import Pen
from philo_tts.music.score import Role

Keys = tuple[int, ...]


def _pulse(bar: Bar, keys: Keys, pen: Pen) -> None:
    """Eighths that swing between the two lowest tones of the chord."""
    if bar.energy <= 0.58:
        return
    for eighth in range(2 * bar.beats):
        accent = 6 if eighth % 4 == 0 else 0
        key = keys[eighth % 2 % len(keys)]
        pen.write(bar, "pulse", key, bar.velocity - 12 + accent, beats=0.42, after=eighth / 2, scatter=0.005)


def _horn(bar: Bar, keys: Keys, pen: Pen) -> None:
    if bar.energy > 0.7:
        pen.write(bar, "horn", keys[1], bar.velocity - 4, beats=bar.beats, scatter=0.015)


def _choir(bar: Bar, keys: Keys, pen: Pen) -> None:
    if bar.energy > 0.76:
        for key in keys[-2:]:
            pen.write(bar, "choir", key, bar.velocity - 6, beats=bar.beats, scatter=0.02)


def _tremolo(bar: Bar, _keys: Keys, pen: Pen) -> None:
    """A trembling tone near G3: below the speaking voice, so that it unsettles and does not cover."""
    if bar.energy > 0.45 or bar.section == "intro":
        key = min(bar.open_keys(50, 64), key=lambda key: abs(key - 55))
        pen.write(bar, "tremolo", key, bar.velocity - 8, beats=bar.beats + 0.1, scatter=0.03)


PLAYERS: dict[Role, Callable[[Bar, Keys, Pen], None]] = {
    "pulse": _pulse,
    "horn": _horn,
    "choir": _choir,
    "tremolo": _tremolo,
}


def write_colours(bars: list[Bar], chords: list[Keys], roles: list[Role], pen: Pen) -> None:
    """Writes the colours that were asked for."""
    for role in roles:
        for bar, keys in zip(bars, chords, strict=True):
            PLAYERS[role](bar, keys, pen)
