"""Plain numbers in an English text: whole, decimal, signed, with a mark before them."""

from __future__ import annotations

import re

from philo_tts.speech.english_numbers import Words, cardinal, decimal, digits, year
from philo_tts.speech.english_units import POWERS, SIGNS

NUMBER = r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d+"
"""With commas by thousands, or by lakhs as in India."""
_SIGNED = re.compile(rf"([-−+~≈#<>±≤≥№§√]?)({NUMBER})?(?:\.(\d+))?([²³]?)")
_POWER = re.compile(rf"((?:{NUMBER})(?:\.\d+)?)(?:\^(-?\d+)|([⁻⁰¹⁴-⁹²³]+))")
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
LONGEST = 15
"""Digits of a number that is said as one."""


def number(core: str) -> Words | None:
    """`-1,200.5` or `2005`, four figures alone as a year; None for what is no number."""
    found = _SIGNED.fullmatch(core)
    if found and found[2] and not any((found[1], found[3], found[4])) and is_year(found[2]):
        return year(int(found[2]))
    return count(core)


def count(core: str) -> Words | None:
    """As a quantity, never as a year: 1984 km is not nineteen eighty-four kilometers."""
    found = _SIGNED.fullmatch(core)
    if not found or not (found[2] or found[3]):
        return _power(core)
    sign = tuple(SIGNS[found[1]].split()) if found[1] else ()
    raised = (POWERS[found[4]],) if found[4] else ()
    if found[3]:
        return (*sign, *decimal(plain(found[2] or "0"), found[3]), *raised)
    return (*sign, *whole(found[2]), *raised)


def whole(text: str) -> Words:
    """Digits one by one where a zero leads or where they are too many."""
    bare = plain(text)
    return digits(bare) if (len(bare) > 1 and bare[0] == "0") or len(bare) > LONGEST else cardinal(int(bare))


def _power(core: str) -> Words | None:
    if not (found := _POWER.fullmatch(core)):
        return None
    exponent = int(found[2] or found[3].translate(_RAISED))
    base = count(found[1]) or ()
    return (*base, "squared") if exponent == 2 else (*base, "to", "the", "power", "of", *cardinal(exponent))


def is_year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal() and 1100 <= int(text) <= 2099


def plain(text: str) -> str:
    return text.replace(",", "")
