"""Chord names: 'bVImaj7' to the pitch classes they mean."""

import re
from functools import cache

NUMERALS = {"I": 0, "II": 2, "III": 4, "IV": 5, "V": 7, "VI": 9, "VII": 11}
ADDED = {"": (), "7": (10,), "maj7": (11,), "add9": (14,), "9": (10, 14), "maj9": (11, 14), "6": (9,)}
BODIES = {"sus2": (0, 2, 7), "sus4": (0, 5, 7), "5": (0, 7), "o": (0, 3, 6)}
SHIFT = {"b": -1, "#": 1, "": 0}
NAME = re.compile(r"([b#]?)([IViv]+)(sus2|sus4|5|o)?(7|maj7|add9|9|maj9|6)?")


@cache
def pitches(name: str) -> tuple[int, ...]:
    """Pitch classes above the tonic, root first. Raises ValueError for a name that is none."""
    match = NAME.fullmatch(name)
    if match is None:
        raise ValueError(f"{name!r} is not a chord")
    accidental, numeral, body, added = match.groups(default="")
    root = NUMERALS[numeral.upper()] + SHIFT[accidental]
    third = 4 if numeral.isupper() else 3
    return tuple((root + step) % 12 for step in BODIES.get(body, (0, third, 7)) + ADDED[added])


def with_seventh(name: str) -> str:
    """A plain triad as the seventh chord that a lo-fi piece would play."""
    if not re.fullmatch(r"[b#]?[IViv]+", name):
        return name
    major = name.lstrip("b#").isupper() and name not in {"V", "bVII"}
    return name + ("maj7" if major else "7")
