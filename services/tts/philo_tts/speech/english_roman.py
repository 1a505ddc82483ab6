"""Roman numerals of monarchs, chapters and wars."""

from __future__ import annotations

import re

from philo_tts.speech.english_lexicon import COUNTED_NOUNS, REGNAL
from philo_tts.speech.english_numbers import Words, cardinal, ordinal

_FORM = re.compile(r"(?=.)M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_OPENINGS = frozenset({"The", "An", "A", "His", "Her", "This", "That", "Its", "My", "Our", "Your", "Their"})


def value(numeral: str) -> int | None:
    """Of a numeral as it should be written: XIV, not XIIII."""
    if not _FORM.fullmatch(numeral):
        return None
    each = [_VALUES[letter] for letter in numeral]
    return sum(-one if one < following else one for one, following in zip(each, [*each[1:], 0], strict=True))


def roman(core: str, before: str) -> Words | None:
    """Henry VIII → the eighth, Chapter IV → four, Rocky II → two; a letter alone only where it must be a number."""
    counted = before.lower() in COUNTED_NOUNS
    if (
        not core.isupper()
        or not (before[:1].isupper() or counted)
        or before in _OPENINGS
        or not (number := value(core))
    ):
        return None
    if counted:
        return cardinal(number)
    if before.lower() in REGNAL and number < 40:
        return ("the", *ordinal(number))
    return cardinal(number) if len(core) > 1 and set(core) <= set("IVX") and not before.isupper() else None
