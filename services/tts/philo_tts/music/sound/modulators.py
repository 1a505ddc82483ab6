"""SoundFont modulators: how key and velocity bend a generator (SoundFont 2.04, section 8.2)."""

from math import log10

VELOCITY, KEY = 2, 3
DOWNWARDS, BIPOLAR = 0x100, 0x200
LINEAR, CONCAVE = 0, 1

Modulators = dict[tuple[int, int], int]
"""Amount by (source, generator)."""
DEFAULTS: Modulators = {(0x102, 8): -2400, (0x502, 48): 960}
"""Softer strokes are darker and quieter, unless the bank says otherwise."""


def _concave(level: float) -> float:
    """The concave curve that makes 960 centibels of attenuation follow the square of the velocity."""
    return 1.0 if level >= 1 else min(1.0, -40 / 96 * log10(1 - level))


def source(code: int, key: int, velocity: int) -> float:
    """Value of a modulator's source, 0..1 or -1..1; other controllers rest at zero."""
    index, curve = code & 0x7F, code >> 10
    if code & 0x80 or index not in {VELOCITY, KEY} or curve not in {LINEAR, CONCAVE}:
        return 0.0
    level = (velocity if index == VELOCITY else key) / 128
    level = 1 - level if code & DOWNWARDS else level
    if code & BIPOLAR:
        return 2 * level - 1
    return _concave(level) if curve == CONCAVE else level


def bend(generator: int, modulators: Modulators, key: int, velocity: int) -> float:
    """What all modulators together add to a generator."""
    return sum(
        amount * source(code, key, velocity) for (code, target), amount in modulators.items() if target == generator
    )
