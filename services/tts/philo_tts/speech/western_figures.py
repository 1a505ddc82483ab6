"""Figures in a language of `tongues/`: numbers, ordinals, dates, clock, money, percent, units, ranges, fractions."""

from __future__ import annotations

import re

from philo_tts.speech.cldr import CURRENCIES, UNITS, currency_name, months, spelled, unit
from philo_tts.speech.tokens import Bare
from philo_tts.speech.tongue import Tongue

Words = tuple[str, ...]

_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})|(\d{4})-(\d{2})-(\d{2})")
_CLOCK = re.compile(r"(\d{1,2})[:h]([0-5]\d)?(?::\d\d)?")
_RANGE = re.compile(r"(.*\d[^-–—]*)[-–—](\d.*)")
_FRACTION = re.compile(r"(\d+)/(\d+)")
_SIGNED = re.compile(r"([-−+~≈]?)(.*)")
_MONEY = "|".join(sorted(map(re.escape, CURRENCIES), key=len, reverse=True))
_PRICE = re.compile(rf"([-−]?)(?:({_MONEY})(\d[\d., ]*)|(\d[\d., ]*)({_MONEY}))")
_UNIT = re.compile(rf"(.*\d)({'|'.join(sorted(map(re.escape, UNITS), key=len, reverse=True))})")


def figure(word: Bare, before: str, after: str, speech: Tongue) -> Words:
    """The words for a figure, none if it is no figure."""
    core = word.core
    if ordered := _ordinal(word, before, after, speech) or _counted_next(core, after, speech):
        return ordered
    for rule in (_date, _price, _percent, _fraction, _measure):
        if words := rule(core, before, speech):
            return words
    return (
        _clock(core, after, speech)
        or _range(core, before, after, speech)
        or _day(core, after, speech)
        or number(core, speech, noun=after)
    )


def cardinal(count: int, speech: Tongue) -> Words:
    return tuple(spelled(count, speech.language, speech.cardinal).split())


def digits(text: str, speech: Tongue) -> Words:
    return tuple(word for sign in text for word in cardinal(int(sign), speech))


def ordinal(count: int, before: str, speech: Tongue) -> Words:
    rule = speech.ordinal.bent if before.lower() in speech.ordinal.benders else speech.ordinal.rule
    return tuple(spelled(count, speech.language, rule).split())


def quantity(text: str, speech: Tongue) -> int | None:
    """The whole number of a count, for plurals: 1,5 → 2; None if it is none."""
    plain = _plain(text.lstrip("-−+~≈"), speech)
    if plain is None:
        return None
    whole, point, _ = plain.partition(".")
    return 2 if point else int(whole)


def number(core: str, speech: Tongue, noun: str = "") -> Words:
    found = _SIGNED.fullmatch(core)
    plain = _plain(found[2], speech) if found else None
    if not found or plain is None:
        return ()
    names = {"-": "minus", "−": "minus", "+": "plus", "~": "about", "≈": "about"}
    sign = tuple(speech.words[names[found[1]]].split()) if found[1] else ()
    whole, _, fraction = plain.partition(".")
    if fraction:
        return (*sign, *cardinal(int(whole), speech), speech.words["point"], *_after_point(fraction, speech))
    if len(found[2]) > 1 and found[2][0] == "0":
        return (*sign, *digits(found[2], speech))
    year = found[2].isdecimal() and len(found[2]) == 4 and 1100 <= int(whole) <= 2099 and noun not in UNITS
    rule = speech.year if year else speech.cardinal
    return (*sign, *spelled(int(whole), speech.language, rule).split())


def _after_point(fraction: str, speech: Tongue) -> Words:
    """French and Spanish say two figures as a number, German one by one."""
    return (
        digits(fraction, speech)
        if speech.language in {"de", "nl"} or fraction[0] == "0" or len(fraction) > 2
        else cardinal(int(fraction), speech)
    )


def _plain(text: str, speech: Tongue) -> str | None:
    """1.234,5 → 1234.5."""
    groups = "".join(map(re.escape, dict.fromkeys(speech.groups)))
    form = rf"(\d{{1,3}}(?:[{groups}]\d{{3}})+|\d+)(?:{re.escape(speech.decimal)}(\d+))?"
    found = re.fullmatch(form, text)
    if not found:
        return None
    whole = re.sub(r"\D", "", found[1])
    return f"{whole}.{found[2]}" if found[2] else whole


def _ordinal(word: Bare, before: str, after: str, speech: Tongue) -> Words:
    written = f"{word.core}." if word.stop and after and speech.ordinal.stop else word.core
    found = speech.ordinal.sign.fullmatch(written)
    if not found or len(found[1]) > 3:
        return ()
    return ordinal(int(found[1]), before, speech)


def currency(sign: str, count: int, speech: Tongue) -> Words:
    """A dollar's country is not said."""
    name = speech.words["dollars"] if sign == "$" else currency_name(sign, count, speech.language)
    return tuple(name.split())


def cents(amount: str, speech: Tongue) -> Words:
    """What follows the currency in 5,50 €."""
    _, _, coins = (_plain(amount, speech) or "").partition(".")
    if len(coins) != 2 or not int(coins):
        return ()
    said = speech.money["cents"].format(whole="", currency="", cents=" ".join(cardinal(int(coins), speech)))
    return tuple(said.split())


def _counted_next(core: str, after: str, speech: Tongue) -> Words:
    """One of a unit, and the notes of a price whose currency is the next word."""
    if core == "1" and after in UNITS.keys() | CURRENCIES.keys():
        return _counted(1, after, speech)
    if after in CURRENCIES and cents(core, speech):
        return _counted(int((_plain(core, speech) or "0").partition(".")[0]), "", speech)
    if (found := _PRICE.fullmatch(core)) and found[3] and after.lower() in speech.large:
        return number(found[3], speech)
    return ()


def _day(core: str, after: str, speech: Tongue) -> Words:
    """1 janvier is premier."""
    first = core == "1" and speech.date["day"] == "first" and after in months(speech.language)
    return tuple(spelled(1, speech.language, speech.ordinal.rule).split()) if first else ()


def _date(core: str, before: str, speech: Tongue) -> Words:
    if not (found := _DATE.fullmatch(core)):
        return ()
    day, month, year = (found[1], found[2], found[3]) if found[1] else (found[6], found[5], found[4])
    if not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return ()
    ordered = speech.date["day"] == "ordinal" or (speech.date["day"] == "first" and int(day) == 1)
    return tuple(
        speech.date["said"]
        .format(
            day=" ".join(ordinal(int(day), before, speech) if ordered else cardinal(int(day), speech)),
            month=months(speech.language)[int(month) - 1],
            year=spelled(int(year), speech.language, speech.year),
        )
        .split()
    )


def _clock(core: str, after: str, speech: Tongue) -> Words:
    found = _CLOCK.fullmatch(core)
    if not found or int(found[1]) > 24 or ("h" in core and speech.language != "fr"):
        return ()
    hour, minute = int(found[1]), int(found[2] or 0)
    one = speech.one_feminine if hour == 1 else " ".join(cardinal(hour, speech))
    said = speech.clock["part" if minute else "full"]
    if after.lower() in speech.clock["swallows"].split():
        said = "{hour} {minute}" if minute else "{hour}"
    return tuple(said.format(hour=one, minute=" ".join(cardinal(minute, speech))).split())


def _price(core: str, _before: str, speech: Tongue) -> Words:
    found = _PRICE.fullmatch(core)
    sign, amount = (found[2] or found[5], found[3] or found[4]) if found else ("", "")
    plain = _plain(amount, speech) if amount else None
    if not found or plain is None:
        return ()
    whole, _, coins = plain.partition(".")
    minus = (speech.words["minus"],) if found[1] else ()
    small = cents(amount, speech)
    notes = _counted(int(whole), "", speech) if small or not int(coins or 0) else number(amount, speech)
    return (*minus, *notes, *currency(sign, int(whole), speech), *small)


def _percent(core: str, before: str, speech: Tongue) -> Words:
    bare = core.removesuffix("%")
    words = (number(bare, speech) or _range(bare, before, "", speech)) if bare != core else ()
    return (*words, *speech.words["percent"].split()) if words else ()


def _fraction(core: str, _before: str, speech: Tongue) -> Words:
    found = _FRACTION.fullmatch(core)
    names = speech.fractions.get(int(found[2])) if found else None
    if not found or not names:
        return ()
    over = int(found[1])
    if over == 1:
        return tuple(names[0].split()) if speech.language == "de" and found[2] == "2" else (speech.one, names[0])
    return (*cardinal(over, speech), names[1])


def _measure(core: str, _before: str, speech: Tongue) -> Words:
    found = _UNIT.fullmatch(core)
    amount = quantity(found[1], speech) if found else None
    if not found or amount is None:
        return ()
    counted = _counted(amount, found[2], speech) if amount == 1 else number(found[1], speech, noun=found[2])
    return (*counted, *unit(found[2], amount, speech.language).split())


def _counted(amount: int, name: str, speech: Tongue) -> Words:
    if amount == 1:
        return (speech.one_feminine if name in speech.feminine else speech.one,)
    return cardinal(amount, speech)


def _range(core: str, before: str, after: str, speech: Tongue) -> Words:
    found = _RANGE.fullmatch(core)
    if not found:
        return ()
    low, high = (figure(Bare(part, part, ""), before, after, speech) for part in found.groups())
    return (*low, *speech.words["to"].split(), *high) if low and high else ()
