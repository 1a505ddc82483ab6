"""Figures in an English text: money, percent, clock, date, range, unit, fraction, year."""

from __future__ import annotations

import re

from philo_tts.speech.english_lexicon import (
    AMBIGUOUS_UNITS,
    CURRENCIES,
    IRREGULAR,
    MAGNITUDE_WORDS,
    MAGNITUDES,
    MONTHS,
    SYMBOLS,
    UNITS,
)
from philo_tts.speech.english_numbers import Words, cardinal, decimal, digits, ordinal, plural, year

NUMBER = r"\d{1,3}(?:,\d{3})+|\d+"
_SIGNED = re.compile(rf"([-−+~#<>]?)({NUMBER})?(?:\.(\d+))?")
_MONEY = re.compile(rf"([-−]?)([$€£¥₹])({NUMBER})(?:\.(\d+))?(k|m|mn|b|bn|t)?", re.IGNORECASE)
_MONEY_AFTER = re.compile(rf"({NUMBER})(?:\.(\d+))?([€£$¥₹])")
_PERCENT = re.compile(rf"([-−+~]?(?:{NUMBER})?(?:\.\d+)?)%")
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)(?::[0-5]\d)?\s*(am|pm)?", re.IGNORECASE)
_HOUR = re.compile(r"(\d{1,2})(am|pm)", re.IGNORECASE)
_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ORDINAL = re.compile(rf"({NUMBER})(?:st|nd|rd|th)", re.IGNORECASE)
_DECADE = re.compile(r"(\d{2}|\d{4})s")
_RANGE = re.compile(rf"({NUMBER})[-–—]({NUMBER})(%?)")
_SCORE = re.compile(r"(\d+)[/:](\d+)")
_UNIT = re.compile(rf"([-−+~]?(?:{NUMBER})(?:\.\d+)?)-?([^\d\s.,]+\d?)")
_MONTHS = {month.lower()[:3]: month for month in MONTHS}
FRACTIONS = {("1", "2"): ("one", "half"), ("1", "4"): ("one", "quarter"), ("3", "4"): ("three", "quarters")}
SIGNS = {"-": "minus", "−": "minus", "+": "plus", "~": "about", "#": "number", "<": "less than", ">": "more than"}


def figure(core: str, before: str, after: str) -> Words | None:
    """The words for a figure, or None if `core` is none. `before` and `after` are its neighbours."""
    for rule in (_money, _percent, _clock, _date, _counting, _range, _with_unit, _score):
        if words := rule(core, before, after):
            return words
    return (_count(core) if _is_unit(after) else None) or number(core, before)


def number(core: str, before: str = "") -> Words | None:
    found = _SIGNED.fullmatch(core)
    if not found or not (found[2] or found[3]):
        return None
    sign = tuple(SIGNS[found[1]].split()) if found[1] else ()
    if found[3]:
        return (*sign, *decimal(_plain(found[2] or "0"), found[3]))
    plain = _plain(found[2])
    if before.lower().rstrip(".")[:3] in _MONTHS and _is_month(before) and 1 <= int(plain) <= 31:
        return ordinal(int(plain))
    if _is_year(found[2]) and not sign:
        return year(int(plain))
    leading_zero = len(plain) > 1 and plain.startswith("0")
    return (*sign, *(digits(plain) if leading_zero or len(plain) > 15 else cardinal(int(plain))))


def unit_words(name: str, amount: str) -> Words:
    """`kilometer per hour` for 5 → kilometers per hour."""
    head, *rest = UNITS[name].split()
    if rest and head in {"square", "cubic", "kilowatt"}:
        return (head, *_many(rest[0], amount), *rest[1:])
    return (*_many(head, amount), *rest)


def is_loose_unit(core: str, before: str) -> bool:
    """`km` right after a number."""
    return core.lower() in UNITS and core.lower() not in {"in", "x", "s"} and bool(number(before))


def is_amount(core: str) -> bool:
    """A sum of money whose magnitude and currency are said after the next word: $5 (million)."""
    return bool(_MONEY.fullmatch(core))


def currency_of(core: str) -> str:
    found = _MONEY.fullmatch(core)
    return CURRENCIES[found[2]][1] if found else ""


def _money(core: str, _before: str, after: str) -> Words | None:
    found = _MONEY.fullmatch(core)
    if found:
        minus, sign, whole, cents, magnitude = found.groups()
    elif found := _MONEY_AFTER.fullmatch(core):
        minus, (whole, cents, sign), magnitude = "", found.groups(), None
    else:
        return None
    front = ("minus",) if minus else ()
    one, many, cent, more_cents = CURRENCIES[sign]
    amount = decimal(_plain(whole), cents) if cents else cardinal(int(_plain(whole)))
    if magnitude:
        return (*front, *amount, MAGNITUDES[magnitude.lower()], many)
    if after.lower() in MAGNITUDE_WORDS:
        return (*front, *amount)
    if cents and len(cents) == 2 and int(cents):
        coins = (*cardinal(int(cents)), cent if int(cents) == 1 else more_cents)
        notes = (*cardinal(int(_plain(whole))), one if int(_plain(whole)) == 1 else many, "and")
        return (*front, *(notes if int(_plain(whole)) else ()), *coins)
    whole_words = cardinal(int(_plain(whole))) if not cents or not int(cents) else amount
    return (*front, *whole_words, one if whole == "1" and not int(cents or 0) else many)


def _percent(core: str, _before: str, _after: str) -> Words | None:
    found = _PERCENT.fullmatch(core)
    return (*_count(found[1]), SYMBOLS["%"]) if found and number(found[1]) else None


def _clock(core: str, _before: str, after: str) -> Words | None:
    if found := _HOUR.fullmatch(core):
        return (*cardinal(int(found[1])), *found[2].upper())
    found = _CLOCK.fullmatch(core)
    if not found or int(found[1]) > 24:
        return None
    hour, minute, half = int(found[1]), int(found[2]), (found[3] or "").upper()
    follows = after.lower().replace(".", "") in {"am", "pm", "o'clock"}
    if minute:
        return (*cardinal(hour), *(("oh",) if minute < 10 else ()), *cardinal(minute), *half)
    return (*cardinal(hour), *half) if half or follows else (*cardinal(hour), "o'clock")


def _date(core: str, _before: str, _after: str) -> Words | None:
    if found := _ISO_DATE.fullmatch(core):
        years, month, day = (int(part) for part in found.groups())
    elif found := _SLASH_DATE.fullmatch(core):
        month, day, years = (int(part) for part in found.groups())
        month, day = (day, month) if month > 12 else (month, day)
    else:
        return None
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return (MONTHS[month - 1], *ordinal(day), *year(years))


def _counting(core: str, _before: str, _after: str) -> Words | None:
    if found := _ORDINAL.fullmatch(core):
        return ordinal(int(_plain(found[1])))
    if found := _DECADE.fullmatch(core):
        return plural(year(int(found[1])) if len(found[1]) == 4 else cardinal(int(found[1])))
    return None


def _range(core: str, _before: str, _after: str) -> Words | None:
    found = _RANGE.fullmatch(core)
    if not found:
        return None
    low, high, percent = found.groups()
    return (*(number(low) or ()), "to", *(number(high) or ()), *(("percent",) if percent else ()))


def _with_unit(core: str, _before: str, _after: str) -> Words | None:
    found = _UNIT.fullmatch(core)
    if not found:
        return None
    amount, name = found[1], found[2].lower()
    if name in UNITS:
        return (*_count(amount), *unit_words(name, amount))
    if name in MAGNITUDES and name not in AMBIGUOUS_UNITS:
        return (*_count(amount), MAGNITUDES[name])
    return None


def _score(core: str, _before: str, _after: str) -> Words | None:
    found = _SCORE.fullmatch(core)
    if not found:
        return None
    pair = (found[1], found[2])
    return FRACTIONS.get(pair) if pair in FRACTIONS else (*cardinal(int(pair[0])), *cardinal(int(pair[1])))


def _count(amount: str) -> Words:
    """As a count, never as a year: 1984 km is not nineteen eighty-four kilometers."""
    found = _SIGNED.fullmatch(amount)
    if not found or found[3]:
        return number(amount) or ()
    sign = tuple(SIGNS[found[1]].split()) if found[1] else ()
    return (*sign, *cardinal(int(_plain(found[2]))))


def _many(noun: str, amount: str) -> Words:
    return (noun if amount == "1" else IRREGULAR.get(noun, f"{noun}s"),)


def _is_unit(word: str) -> bool:
    return word.lower() in UNITS and word.lower() not in AMBIGUOUS_UNITS


def _is_month(word: str) -> bool:
    bare = word.rstrip(".").lower()
    return bare in {month.lower() for month in MONTHS} or bare in {*_MONTHS, "sept"}


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdecimal() and 1100 <= int(text) <= 2099


def _plain(text: str) -> str:
    return text.replace(",", "")
