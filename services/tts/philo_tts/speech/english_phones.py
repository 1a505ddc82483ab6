"""Telephone numbers: written in several pieces, said digit by digit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from philo_tts.speech.english_numbers import Words, digits

_PHONE = re.compile(
    r"(?<![\w.,$€£])(?:"
    r"\+\d{1,3}[ .-]?(?:\(?\d{1,4}\)?[ .-]?){2,5}\d{2,4}"
    r"|(?:1[ .-])?\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}"
    r"|1-\d{3}-[A-Z\d-]{7,8}"
    r"|\d{3}-\d{4}"
    r")(?![\w%]|[.,]\d)"
)


def phones(pieces: Sequence[str]) -> set[int]:
    """Which of the written `pieces`, parted by blanks, belong to telephone numbers."""
    text = " ".join(pieces)
    found: set[int] = set()
    for match in _PHONE.finditer(text):
        first = text[: match.start()].count(" ")
        found.update(range(first, first + match.group().count(" ") + 1))
    return found


def say_phone(core: str) -> Words:
    """555-0142 → five five five, zero one four two: a breath between the groups."""
    words: list[str] = ["plus"] if core.startswith("+") else []
    for group in re.findall(r"\d+|[A-Z]+", core):
        if words and words[-1] != "plus":
            words[-1] += ","
        words.extend(digits(group) if group.isdecimal() else group)
    return tuple(words)
