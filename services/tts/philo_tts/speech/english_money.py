"""Sums of money in an English text."""

from __future__ import annotations

import re

from philo_tts.speech.english_count import NUMBER, count, plain
from philo_tts.speech.english_numbers import Words, cardinal
from philo_tts.speech.english_units import CURRENCIES, MAGNITUDE_WORDS, MAGNITUDES

_CURRENCY = "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
_LARGE = "|".join(sorted(MAGNITUDES, key=len, reverse=True))
_AMOUNT = rf"({NUMBER})(?:\.(\d+))?({_LARGE})?"
_BEFORE = re.compile(rf"([-−+~]?)({_CURRENCY})([-−]?){_AMOUNT}", re.IGNORECASE)
_AFTER = re.compile(rf"([-−+~]?){_AMOUNT}({_CURRENCY})", re.IGNORECASE)
_RANGE = re.compile(rf"({_CURRENCY})({NUMBER})(\.\d+)?({_LARGE})?[-–—]({_CURRENCY})?(.+)", re.IGNORECASE)
_SIGNS = {"": (), "-": ("minus",), "−": ("minus",), "+": ("plus",), "~": ("about",)}


def money(core: str, before: str, after: str) -> Words | None:
    """`$5.50`, `€3.5m`, `5€`, `USD 5` (by two words), `$5-10`; before `million` without the currency, which follows."""
    if found := _RANGE.fullmatch(core):
        return _range(found, after)
    if found := _BEFORE.fullmatch(core):
        sign, currency, minus, whole, cents, large = found.groups()
    elif found := _AFTER.fullmatch(core):
        (sign, whole, cents, large, currency), minus = found.groups(), ""
    elif before.upper() in CURRENCIES and before.isalpha() and (found := re.fullmatch(_AMOUNT, core, re.IGNORECASE)):
        sign, currency, minus, (whole, cents, large) = "", before, "", found.groups()
    else:
        return None
    front = _SIGNS[sign or minus]
    if after.lower() in MAGNITUDE_WORDS and not large:
        return (*front, *(count(f"{plain(whole)}.{cents}" if cents else whole) or ()))
    return (*front, *_sum(plain(whole), cents or "", large or "", currency))


def is_code(core: str, after: str) -> bool:
    """`USD` before its amount: it is said after that."""
    return core.isupper() and core in CURRENCIES and after[:1].isdigit()


def currency_of(core: str) -> Words:
    """The currency that is still to be said after the magnitude that follows `core`."""
    found = _BEFORE.fullmatch(core)
    return tuple(CURRENCIES[_known(found[2])][1].split()) if found and not found[6] else ()


def _sum(whole: str, cents: str, large: str, currency: str) -> Words:
    one, many, cent, more_cents = CURRENCIES[_known(currency)]
    if large:
        amount = count(f"{whole}.{cents}" if cents else whole) or ()
        return (*amount, MAGNITUDES[large.lower()], *many.split())
    notes = (*cardinal(int(whole)), *(one if int(whole) == 1 else many).split())
    if not cents or not int(cents):
        return notes
    if len(cents) != 2:
        return (*(count(f"{whole}.{cents}") or ()), *many.split())
    coins = (*cardinal(int(cents)), cent if int(cents) == 1 else more_cents)
    return (*notes, "and", *coins) if int(whole) else coins


def _range(found: re.Match[str], after: str) -> Words | None:
    currency, whole, cents, large, _, rest = found.groups()
    high = money(f"{currency}{rest}", "", after)
    low = count(f"{whole}{cents or ''}")
    return (*low, *((MAGNITUDES[large.lower()],) if large else ()), "to", *high) if high and low else None


def _known(currency: str) -> str:
    return currency if currency in CURRENCIES else currency.upper()
