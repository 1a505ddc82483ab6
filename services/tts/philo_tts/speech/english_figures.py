"""Figures in an English text: percent, range, fraction, unit, version, score; money and the calendar by their own rooms."""

from __future__ import annotations

import re

from philo_tts.speech.english_calendar import calendar
from philo_tts.speech.english_count import NUMBER, count, number
from philo_tts.speech.english_lexicon import DAYS
from philo_tts.speech.english_money import money
from philo_tts.speech.english_numbers import Words, cardinal, digits, ordinal, year
from philo_tts.speech.english_units import (
    AMBIGUOUS,
    BEFORE_NOUN,
    DENOMINATORS,
    FRACTIONS,
    IRREGULAR,
    MAGNITUDES,
    NEVER_LOOSE,
    UNITS,
    VULGAR,
)

_PERCENT = re.compile(r"(.*\d)([%‰])")
_RANGE = re.compile(r"(.*\d[^-–—]*)[-–—](['’]?\d.*)")
_FRACTION = re.compile(r"(-?)(\d+)/(\d+)(?:ths?|rds?)?")
_SCORE = re.compile(r"(\d+):(\d+)")
_SIZES = re.compile(r"(\d[\d.,]*)[x×](\d[\d.,]*)(?:[x×](\d[\d.,]*))?(.*)")
_DEGREES = re.compile(rf"(.+?)[-–]?({'|'.join(sorted(map(re.escape, UNITS), key=len, reverse=True))})", re.IGNORECASE)
_VULGAR = re.compile(rf"(-?)({NUMBER})?([{''.join(VULGAR)}])(.*)")
_POWER = re.compile(r"10[\^⁻⁰¹⁴-⁹²³]")
_VERSION = re.compile(r"[vV]?(\d+(?:\.\d+){2,})|[vV](\d+(?:\.\d+)*)")
_LARGE = re.compile(r"[\d,.]*\d[MB]|(?:[\d,]+\.\d+|\d{2,})K")
"""4K is a size, not four thousand."""
_PER = {"%": "percent", "‰": "per mille"}


def figure(core: str, before: str, after: str) -> Words | None:
    """The words for a figure, or None if `core` is none. `before` and `after` are its neighbours."""
    for rule in (money, _percent, calendar, _range, _vulgar, _fraction, _sizes, _with_unit, _version, _score):
        if words := rule(core, before, after):
            return words
    if core.isdecimal() and 1000 <= int(core) <= 2099 and (before.lower() == "year" or after in {"AD", "CE", "A.D"}):
        return year(int(core))
    return count(core) if _is_unit(after) or core.startswith("-") else number(core)


def unit(name: str) -> str | None:
    """As it is written, else in small letters."""
    return UNITS.get(name) or (UNITS.get(name.lower()) if len(name) > 1 else None)


def unit_words(name: str, amount: str) -> Words:
    """`kilometer per hour` for 5 → kilometers per hour."""
    head, *rest = (unit(name) or name).split()
    if rest and head in BEFORE_NOUN:
        return (head, *_many(rest[0], amount), *rest[1:])
    return (*_many(head, amount), *rest)


def loose_unit(core: str, before: str, *, stop: bool) -> Words | None:
    """`km` right after a number, `in.` there with its full stop, `km²` after `per`."""
    if not unit(core):
        return None
    if before.lower() == "per":
        return unit_words(core, "1")
    if (core in NEVER_LOOSE and not (core == "in" and stop)) or not (count(before) or _vulgar(before, "", "")):
        return None
    return unit_words(core, before)


def _percent(core: str, _before: str, after: str) -> Words | None:
    found = _PERCENT.fullmatch(core)
    amount = (count(found[1]) or _range(found[1].replace("%", ""), "", after)) if found else None
    return (*amount, *_PER[found[2]].split()) if found and amount else None


def _range(core: str, before: str, after: str) -> Words | None:
    """10-15, 1939–45, 9am-5pm, 5-10km, 3–5 after a month."""
    found = _RANGE.fullmatch(core)
    if not found:
        return None
    low, high = found.groups()
    if len(low) == 4 and low.isdecimal() and len(high) in {2, 4} and high.isdecimal():
        low_words: Words | None = year(int(low)) if 1000 <= int(low) <= 2099 else count(low)
        high_words: Words | None = (year(int(high)) if len(high) == 4 else cardinal(int(high))) if low_words else None
    else:
        low_words, high_words = figure(low, before, ""), figure(high, before, after)
    return (*low_words, "to", *high_words) if low_words and high_words else None


def _vulgar(core: str, _before: str, _after: str) -> Words | None:
    """½ and 2½, with a unit written onto it or not."""
    found = _VULGAR.fullmatch(core)
    if not found or (found[4] and not unit(found[4])):
        return None
    minus = ("minus",) if found[1] else ()
    part = _part(*VULGAR[found[3]])
    if found[2]:
        part = ("a", *part[1:]) if part[0] == "one" else part
        whole = (*(count(found[2]) or ()), "and", *part)
    else:
        whole = part
    return (*minus, *whole, *(unit_words(found[4], "2") if found[4] else ()))


def _fraction(core: str, before: str, _after: str) -> Words | None:
    """1/3, and 1/2 after a whole number."""
    found = _FRACTION.fullmatch(core)
    if not found:
        return None
    over, under = int(found[2]), int(found[3])
    if under not in DENOMINATORS or over >= 10 * under:
        return (*cardinal(over), "over", *cardinal(under)) if under else None
    part = _part(over, under)
    if before.isdecimal() and over < under:
        return ("and", *(("a", *part[1:]) if over == 1 else part))
    return (*(("minus",) if found[1] else ()), *part)


def _part(over: int, under: int) -> Words:
    *front, last = (FRACTIONS[under],) if under in FRACTIONS else ordinal(under)
    many = "halves" if under == 2 else f"{last}s"
    return (*cardinal(over), *front, last if over == 1 else many)


def _sizes(core: str, _before: str, after: str) -> Words | None:
    """1920×1080, 3x4m."""
    found = _SIZES.fullmatch(core)
    if not found:
        return None
    *sizes, rest = found.groups()
    sides = [number(side) or () for side in sizes if side]
    last = figure(f"{[side for side in sizes if side][-1]}{rest}", "", after)
    if not last or not all(sides):
        return None
    by = "times" if _POWER.search(core) else "by"
    return tuple(word for side in [*sides[:-1], last] for word in (by, *side))[1:]


def _with_unit(core: str, _before: str, after: str) -> Words | None:
    if _LARGE.fullmatch(core) and not (core[-1] == "B" and after[:1].isupper()):
        return (*(count(core[:-1]) or ()), MAGNITUDES[core[-1].lower()])
    if "/" in core:
        return _rate(core)
    found = _DEGREES.fullmatch(core)
    if found and (amount := count(found[1])) and unit(found[2]):
        return (*amount, *unit_words(found[2], found[1]))
    large = re.fullmatch(r"(.*\d)(k|mn|bn|tn|b)", core)
    amount = count(large[1]) if large else None
    return (*amount, MAGNITUDES[large[2]]) if large and amount else None


def _rate(core: str) -> Words | None:
    """25,000/km², $10/h, 5g/L."""
    if found := _DEGREES.fullmatch(core):  # one that has a name of its own: km/h
        amount = count(found[1])
        if amount and "/" in found[2]:
            return (*amount, *unit_words(found[2], found[1]))
    amount_text, _, per = core.rpartition("/")
    words = figure(amount_text, "", "") if amount_text[-1:].isalnum() or amount_text[-1:] in "²³€$£" else None
    if words and (unit(per) or per in {"day", "week", "month", "year", "person", "night"}):
        return (*words, "per", *(unit_words(per, "1") if unit(per) else (per,)))
    return None


def _version(core: str, _before: str, _after: str) -> Words | None:
    """2.0.1 and v2.1, an address of four numbers as well."""
    found = _VERSION.fullmatch(core)
    if not found:
        return None
    parts = (found[1] or found[2]).split(".")
    said = tuple(
        word for part in parts for word in ("point", *(cardinal(int(part)) if part[0] != "0" else digits(part)))
    )
    return (*(("version",) if core[0] in "vV" else ()), *said[1:])


def _score(core: str, _before: str, _after: str) -> Words | None:
    found = _SCORE.fullmatch(core)
    return (*cardinal(int(found[1])), "to", *cardinal(int(found[2]))) if found else None


def days(core: str) -> Words | None:
    """Mon-Fri."""
    low, dash, high = core.replace("–", "-").partition("-")
    if dash and low[:1].isupper() and low.lower() in DAYS and high.lower() in DAYS:
        return (DAYS[low.lower()], "to", DAYS[high.lower()])
    return None


def _many(noun: str, amount: str) -> Words:
    return (noun if amount in {"1", "-1"} else IRREGULAR.get(noun, f"{noun}s"),)


def _is_unit(word: str) -> bool:
    return bool(unit(word)) and word not in AMBIGUOUS and word.lower() not in AMBIGUOUS
