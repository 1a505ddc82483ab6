"""Verse: lines that are meant as lines, told from prose that was only wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from philo_analysis.text.characters import cjk_letters

_LONGEST, _LONGEST_HAN = 62, 20
_PAUSES = re.compile(r"[,.;:!?…—–，。；：！？、]['\"’”」』)）]*$")
_OPENS = re.compile(r"^['\"“‘「『(（—–-]*[A-ZÀ-Þ]")
_MOST_PARTS = 0.8
_FEWEST_LINES = 3


def is_verse(lines: Sequence[str]) -> bool:
    """Whether the lines of one block are verse: short, each with a capital or a pause of its own.

    Prose that was wrapped goes on in small letters; sentences that are put below each other end with full stops.
    """
    if len(lines) < _FEWEST_LINES or not all(map(_is_short, lines)):
        return False
    if cjk_letters(lines[0]) * 2 > len(lines[0]):
        return _share(bool(_PAUSES.search(line)) for line in lines) >= _MOST_PARTS
    return _share(bool(_OPENS.match(line)) for line in lines) >= _MOST_PARTS


def with_pauses(lines: Sequence[str]) -> tuple[str, ...]:
    """Verse whose every line ends with a mark, so that the voice rests there as the eye does."""
    *inner, last = lines
    return (*(line if _PAUSES.search(line) else line + _comma(line) for line in inner), last)


def _comma(line: str) -> str:
    return "，" if cjk_letters(line) * 2 > len(line) else ","


def _is_short(line: str) -> bool:
    return len(line) <= _LONGEST and cjk_letters(line) <= _LONGEST_HAN


def _share(held: Iterable[bool]) -> float:
    found = list(held)
    return sum(found) / len(found)
