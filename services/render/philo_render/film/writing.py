"""What a script's writing asks of lines and cues: widths, reading pace, weak words, kinsoku."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from philo_render.film.format import Shape

NO_START = frozenset("，。！？；：、）》」』】〉〕”’…—～％·,.!?;:)]}%»‐–،؛؟।॥၊။ๆ፡።፣")
"""Kinsoku: never at the start of a line."""
NO_END = frozenset("（《「『【〈〔“‘([{«¿¡")
"""Kinsoku: never at the end of a line."""
FULL_STOPS = frozenset(".!?。！？…؟।॥။።")
PAUSES = frozenset(",;:—，；：、،؛၊፣")
DASHES = frozenset("-‐‑–—―−/|")
CLOSERS = frozenset("”’\"')]}）》」』】»")

WEAK = frozenset({
    "a", "an", "the", "of", "to", "in", "on", "at", "for", "and", "or", "but", "with", "from", "by", "as", "that",
    "his", "her", "its", "their", "my", "your", "our", "is", "was", "were", "be", "not", "no", "very", "into", "than",
    "if",
})  # fmt: skip
"""Articles, prepositions and their kin: a line or cue must not end on one."""

HEADS = frozenset({
    "and", "but", "or", "so", "because", "when", "while", "where", "who", "which", "that", "until", "if", "then",
    "from", "with", "into", "to", "in", "on", "at", "for", "of", "after", "before", "across", "through", "over", "under",
    "along", "around", "between", "behind", "below", "above", "without", "during", "since", "though", "although", "than",
})  # fmt: skip
"""Words that like to open a line or cue."""


@dataclass(frozen=True)
class Measure:
    """How much a line holds, and how fast it can be read. `wide` and `narrow` are a character's shares of `line`."""

    line: float
    wide: float
    narrow: float
    pace: float

    @lru_cache(4096)  # noqa: B019  # measures are a handful of constants
    def width(self, text: str) -> float:
        return sum(self.wide if is_wide(c) else self.narrow for c in text if not _is_mark(c))


LATIN_LINES: dict[Shape, float] = {"wide": 40, "square": 28, "tall": 20}
HAN_LINES: dict[Shape, float] = {"wide": 18, "square": 14, "tall": 11}
MOST_LINES = 2


def measure(text: str, shape: Shape) -> Measure:
    """The measure of the writing that `text` is mostly in: Chinese, Japanese and Korean count square characters."""
    if is_square_writing(text):
        return Measure(line=HAN_LINES[shape], wide=1.0, narrow=0.5, pace=9.0)
    return Measure(line=LATIN_LINES[shape], wide=2.0, narrow=1.0, pace=17.0)


def is_square_writing(text: str) -> bool:
    """By its letters: emoji are as wide, but no writing."""
    letters = [is_wide(c) for c in text if c.isalnum()]
    wide = sum(letters)
    return wide * 2 > len(letters) - wide


@lru_cache(4096)
def is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


@lru_cache(4096)
def _is_mark(character: str) -> bool:
    """Above, below or within another: it takes no room of its own."""
    return unicodedata.category(character) in {"Mn", "Me", "Cf"}


def is_glued(before: str, after: str, *, square: bool) -> bool:
    """No space is written at a border of two ideographs; beside Latin letters only where the text is mostly square."""
    if not before or not after:
        return True
    sides = (_is_ideograph(before[-1]), _is_ideograph(after[0]))
    if square:
        return any(sides) or _is_wide_sign(before[-1]) or _is_wide_sign(after[0])
    return all(sides) or _is_square_sign(before[-1]) or _is_square_sign(after[0])


@lru_cache(4096)
def _is_ideograph(character: str) -> bool:
    """Han, kana and their punctuation; not Hangul, which is written with spaces, and not emoji."""
    if _is_square_sign(character):
        return True
    return is_wide(character) and unicodedata.category(character) == "Lo" and not _is_hangul(character)


def _is_square_sign(character: str) -> bool:
    return "\u3000" <= character <= "\u303f" or "\uff00" <= character <= "\uffef"


def _is_wide_sign(character: str) -> bool:
    """An emoji, among others."""
    return is_wide(character) and not character.isalnum()


def _is_hangul(character: str) -> bool:
    return unicodedata.name(character, "").startswith("HANGUL")


def closes_sentence(word: str) -> bool:
    return bool(_bare_end(word)) and _bare_end(word)[-1] in FULL_STOPS


def makes_pause(word: str) -> bool:
    return bool(_bare_end(word)) and _bare_end(word)[-1] in PAUSES


def is_weak(word: str) -> bool:
    return word.lower().strip("".join(PAUSES | FULL_STOPS | CLOSERS | NO_END)) in WEAK


def is_head(word: str) -> bool:
    return word.lower() in HEADS


def _bare_end(word: str) -> str:
    return word.rstrip("".join(CLOSERS))
