"""Dates and times of day in an English text."""

from __future__ import annotations

import re

from philo_tts.speech.english_count import count, is_year
from philo_tts.speech.english_lexicon import ABBREVIATIONS
from philo_tts.speech.english_numbers import Words, cardinal, digits, ordinal, plural, year
from philo_tts.speech.english_units import MONTHS

_CLOCK = re.compile(
    r"(\d{1,2})[:.]([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?\s*([ap])\.?m\.?|(\d{1,2}):([0-5]\d)(?::([0-5]\d))?", re.IGNORECASE
)
_HOUR = re.compile(r"(\d{1,2})([ap])\.?m\.?", re.IGNORECASE)
_ISO_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:T(.+?)Z?)?")
_SLASH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
_DOTTED_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_ORDINAL = re.compile(r"([\d,]*\d)(st|nd|rd|th)", re.IGNORECASE)
_DECADE = re.compile(r"['’]?(\d0|\d{3}0)['’]?s")
_SHORT_YEAR = re.compile(r"['’](\d\d)")
_DAY = re.compile(r"\d{1,2}")
_OF_A_DECADE = frozenset({"the", "early", "late", "mid", "my", "his", "her", "their", "our", "your", "and", "to"})
_NAMES = {month.lower(): month for month in MONTHS} | {
    short: said for short, said in ABBREVIATIONS.items() if said in MONTHS
}


def is_month(word: str) -> bool:
    """May with a capital letter only."""
    return word[:1].isupper() and word.rstrip(".").lower() in _NAMES


def calendar(core: str, before: str, after: str) -> Words | None:
    return (
        _clock(core, after)
        or _date(core)
        or _day(core, before, after)
        or _ordinal(core, before, after)
        or _decade(core, before)
    )


def _clock(core: str, after: str) -> Words | None:
    if found := _HOUR.fullmatch(core):
        return (*cardinal(int(found[1])), *_half(found[2]))
    if not (found := _CLOCK.fullmatch(core)):
        return None
    hour, minute, second = (int(one or 0) for one in (found[1] or found[5], found[2] or found[6], found[3] or found[7]))
    if hour > 24:
        return None
    half = _half(found[4]) if found[4] else ()
    follows = after.lower().replace(".", "") in {"am", "pm", "o'clock"}
    seconds = ("and", *cardinal(second), "second" if second == 1 else "seconds") if second else ()
    if minute:
        return (*cardinal(hour), *(("oh",) if minute < 10 else ()), *cardinal(minute), *half, *seconds)
    full = () if half or follows else ("hundred",) if hour > 12 else ("o'clock",) if hour else ("hundred", "hours")
    return (*cardinal(hour), *full, *half, *seconds)


def _half(letter: str) -> Words:
    return ("eigh" if letter.lower() == "a" else "P", "M")


def _date(core: str) -> Words | None:
    if found := _ISO_DATE.fullmatch(core):
        years, month, day = found[1], int(found[2]), int(found[3])
    elif found := _SLASH_DATE.fullmatch(core) or _DOTTED_DATE.fullmatch(core):
        month, day, years = int(found[1]), int(found[2]), found[3]
        if month > 12 or "." in core:
            month, day = day, month
    else:
        return None
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    clock = _clock(found[4], "") if found.re is _ISO_DATE and found[4] else ()
    return (MONTHS[month - 1], *ordinal(day), *_year(years), *(clock or ()))


def _year(text: str) -> Words:
    return year(int(text)) if len(text) == 4 else ("oh", *digits(text[1:])) if text[0] == "0" else cardinal(int(text))


def _day(core: str, before: str, after: str) -> Words | None:
    """May 5 → May fifth; 5 May → the fifth of May."""
    if found := _SHORT_YEAR.fullmatch(core):
        return _year(found[1])
    if not _DAY.fullmatch(core) or not 1 <= int(core) <= 31:
        return None
    if is_month(before):
        return ordinal(int(core))
    if (is_month(after) and after != "May") or (
        after == "May" and before.lower() in {"on", "the", "of", "since", "until", "by"}
    ):
        return (*(() if before.lower() == "the" else ("the",)), *ordinal(int(core)), "of")
    return None


def _ordinal(core: str, before: str, after: str) -> Words | None:
    if not (found := _ORDINAL.fullmatch(core)):
        return None
    said = ordinal(int(found[1].replace(",", "")))
    article = () if before.lower() == "the" else ("the",)
    return (*article, *said, "of") if is_month(after) and int(found[1].replace(",", "")) <= 31 else said


def _decade(core: str, before: str) -> Words | None:
    found = _DECADE.fullmatch(core)
    if not found or (len(found[1]) == 2 and core[0] not in "'’" and before.lower() not in _OF_A_DECADE):
        return None
    said = (year(int(found[1])) if is_year(found[1]) else count(found[1])) or ()
    return plural(said)
