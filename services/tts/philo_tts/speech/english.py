"""How one written English word is said, given its neighbours."""

from __future__ import annotations

import re
import unicodedata

from philo_tts.speech.english_addresses import is_address, say_address
from philo_tts.speech.english_figures import currency_of, figure, is_amount, is_loose_unit, unit_words
from philo_tts.speech.english_lexicon import (
    ABBREVIATIONS,
    COUNTED_NOUNS,
    MAGNITUDE_WORDS,
    SPELLED,
    SYMBOLS,
    WITHOUT_STOP,
)
from philo_tts.speech.english_numbers import Words, cardinal, digits, ordinal

_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}
_RUNS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|[&+@%=]")
_NUMBER_AHEAD = re.compile(r"#?\d")
_VOWELS = frozenset("AEIOUY")


def say(core: str, before: str, after: str, *, stop: bool) -> Words:
    """The words for `core`; `stop` tells that a full stop follows it, the neighbours are bare as well."""
    if core in SYMBOLS:
        return tuple(SYMBOLS[core].split())
    if is_address(core):
        return say_address(core)
    return (
        (unit_words(core.lower(), before) if is_loose_unit(core, before) else None)
        or _abbreviation(core, before, after, stop=stop)
        or _magnitude_of_money(core, before)
        or figure(core, before, after)
        or _roman(core, before)
        or _pieces(core)
    )


def is_abbreviation(core: str) -> bool:
    """Whether a full stop after it says nothing about the end of a sentence."""
    initial = len(core) == 1 and core.isupper() and core != "I"
    return initial or (core.lower() in ABBREVIATIONS and core.lower() not in {"no", "etc", "a.m", "p.m", "co", "inc"})


def goes_on(core: str, after: str) -> bool:
    """Whether the sentence goes on with `after`, although a full stop follows `core`."""
    return bool(after) and (is_abbreviation(core) or (core.lower() in ABBREVIATIONS and not after[:1].isupper()))


def _abbreviation(core: str, before: str, after: str, *, stop: bool) -> Words | None:
    short = core.lower()
    known = short in ABBREVIATIONS and (stop or short in WITHOUT_STOP or "." in short)
    if not known or (short == "no" and not _NUMBER_AHEAD.match(after)):
        return None
    if short == "st" and before[:1].isupper() and not after[:1].isupper():
        return ("street",)
    if short == "dr" and before[:1].isupper() and not after[:1].isupper():
        return ("drive",)
    return tuple(ABBREVIATIONS[short].split())


def _magnitude_of_money(core: str, before: str) -> Words | None:
    if core.lower() in MAGNITUDE_WORDS and is_amount(before) and before[-1:].isdigit():
        return (core.lower(), currency_of(before))
    return None


def _roman(core: str, before: str) -> Words | None:
    if not _ROMAN.fullmatch(core) or not before[:1].isupper() or (core == "I" and before.lower() not in COUNTED_NOUNS):
        return None
    values = [_ROMAN_VALUES[letter] for letter in core]
    value = sum(-one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True))
    return cardinal(value) if before.lower() in COUNTED_NOUNS else ("the", *ordinal(value))


def _pieces(core: str) -> Words:
    """Words as they are; letters and figures that are written as one come apart: MP4 → M P four, R&D → R and D."""
    text = unicodedata.normalize("NFKC", core)
    if text.replace("-", "").replace("'", "").replace("’", "").isalpha() and not _is_spelled(text):
        return (text.replace("’", "'"),)
    words: list[str] = []
    for run in _RUNS.findall(text):
        if run.isdecimal():
            words.extend(cardinal(int(run)) if len(run) < 5 and run[0] != "0" else digits(run))
        elif run in SYMBOLS:
            words.extend(SYMBOLS[run].split())
        elif _is_spelled(run) or (len(run) <= 2 and run.isupper()):
            words.extend(run.removesuffix("s"))
        else:
            words.append(run.replace("’", "'"))
    return tuple(words)


def _is_spelled(word: str) -> bool:
    """FBI, TVs and HTTP, but not NASA and not WOW."""
    name = word.removesuffix("s") if word[:-1].isupper() else word
    return name.isupper() and len(name) > 1 and (name in SPELLED or (name.isalpha() and not _VOWELS & set(name)))
