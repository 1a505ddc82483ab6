"""How one written English word is said, given its neighbours."""

from __future__ import annotations

import re
import unicodedata

from philo_tts.speech.english_addresses import is_address, say_address
from philo_tts.speech.english_count import count
from philo_tts.speech.english_figures import days, figure, loose_unit
from philo_tts.speech.english_lexicon import NAMES, SILENT, SYMBOLS, WITH_SLASH
from philo_tts.speech.english_money import currency_of, is_code
from philo_tts.speech.english_numbers import Words, digits
from philo_tts.speech.english_roman import roman
from philo_tts.speech.english_short import abbreviation, is_spelled, spelled
from philo_tts.speech.english_units import CURRENCIES, MAGNITUDE_WORDS, MAGNITUDES, POWERS

_RUNS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:\.\d+)?|[&+@%=×÷^√π∞≈≠≤≥§©]")
_OWN = re.compile(r"(.+)(['’]s)", re.IGNORECASE)
_TAG = re.compile(r"([#@])([^\W\d]\w*)")
_HUMPS = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z'’]+|[A-Z]|\d+")
_DASH = re.compile(r"[—–]+|--+|…|\.{2,}")


def say(core: str, before: str, after: str, *, stop: bool) -> Words:
    """The words for `core`; `stop` tells that a full stop follows it, the neighbours are bare as well."""
    if core in SYMBOLS:
        return (
            ()
            if core in SILENT and not (before[-1:].isdigit() and after[:1].isdigit())
            else tuple(SYMBOLS[core].split())
        )
    if is_address(core):
        return say_address(core)
    if is_code(core, after):
        return ()
    return (
        _named(core)
        or loose_unit(core, before, stop=stop)
        or abbreviation(core, before, after, stop=stop)
        or _rest_of_money(core, before)
        or figure(core, before, after)
        or roman(core, before)
        or days(core)
        or _possessive(core, before, after)
        or _tag(core)
        or _pieces(core)
    )


def _named(core: str) -> Words | None:
    known = WITH_SLASH.get(core.lower()) or NAMES.get(core.lower())
    return tuple(known.split()) if known else None


def _rest_of_money(core: str, before: str) -> Words | None:
    """million after $5 → million dollars; USD after 5 → dollars."""
    if core.lower() in MAGNITUDE_WORDS and (currency := currency_of(before)):
        return (MAGNITUDES.get(core.lower(), core.lower()), *currency)
    amount = before[-1:].isdigit() or before.lower() in MAGNITUDE_WORDS
    if core.isupper() and core in CURRENCIES and amount:
        return tuple(CURRENCIES[core][(before == "1" and 0) or 1].split())
    return None


def _possessive(core: str, before: str, after: str) -> Words | None:
    """VIII's → eighth's, FBI's → F B I's."""
    if not (found := _OWN.fullmatch(core)) or not (found[1].isupper() or found[1][-1:].isdigit()):
        return None
    *front, last = say(found[1], before, after, stop=False)
    return (*front, f"{last}'s")


def _tag(core: str) -> Words | None:
    """#ClimateAction → hashtag climate action; @name → at name."""
    if not (found := _TAG.fullmatch(core)):
        return None
    return (
        "hashtag" if found[1] == "#" else "at",
        *(said for part in _HUMPS.findall(found[2]) for said in _pieces(part)),
    )


def _pieces(core: str) -> Words:
    """Words as they are; what is written as one comes apart: MP4 → M P four, R&D → R and D, mid-1990s → mid nineteen
    nineties.

    A dash or dots within are a breath: the word before them ends with a comma.
    """
    text = unicodedata.normalize("NFKC", core)
    parts = [part for part in _DASH.split(text) if any(sign.isalnum() for sign in part)]
    if len(parts) > 1:
        each = [figure(part, "", "") or _pieces(part) for part in parts]
        breaths = ((*words[:-1], f"{words[-1]},") for words in each[:-1])
        return tuple(word for words in (*breaths, each[-1]) for word in words)
    if text.replace("-", "").replace("'", "").replace("’", "").isalpha() and not _is_short(text):
        return (text.replace("’", "'"),)
    if core[-1:] in POWERS and core[:-1].isalpha():
        return (*_pieces(core[:-1]), POWERS[core[-1]])
    joint = "-" if "-" in text[1:] else "/"
    parts = [part for part in text.split(joint) if part]
    return tuple(word for part in parts for word in (_part(part) if len(parts) > 1 else _runs(part)))


def _part(text: str) -> Words:
    return spelled(text) if len(text) == 1 and text.isupper() else figure(text, "", "") or _runs(text)


def _is_short(text: str) -> bool:
    return any(is_spelled(part) for part in text.split("-"))


def _runs(text: str) -> Words:
    words: list[str] = []
    for run in _RUNS.findall(text):
        if run[0].isdecimal():
            words.extend(count(run) or () if len(run) < 5 or "." in run else digits(run))
        elif run in SYMBOLS:
            words.extend(SYMBOLS[run].split())
        elif is_spelled(run) or (len(run) <= 2 and run.isupper() and len(text) > len(run)):
            words.extend(spelled(run))
        elif len(run) == 1 and words and text[0].isdecimal():
            words.extend(spelled(run.upper()))
        else:
            words.append(run.replace("’", "'"))
    return tuple(words)
