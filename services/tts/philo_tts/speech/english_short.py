"""Short forms in an English text: abbreviations with their stops, acronyms letter by letter."""

from __future__ import annotations

import re

from philo_tts.speech.english_lexicon import (
    ABBREVIATIONS,
    CAPITALS,
    DAYS,
    ENDS,
    LETTERS,
    NUMBERED,
    SAID,
    SPELLED,
    TITLES,
    WITHOUT_STOP,
)
from philo_tts.speech.english_numbers import Words

_NUMBER_AHEAD = re.compile(r"[#§]?\d|[ivxlcIVXLC]+$")
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]|Ph\.D|M\.Sc|B\.Sc")
_VOWELS = frozenset("AEIOUYÄÖÜÉ")
_OPENINGS = frozenset(
    {
        "In",
        "At",
        "On",
        "To",
        "From",
        "Near",
        "Visit",
        "See",
        "The",
        "Of",
        "And",
        "Saint",
        "Is",
        "By",
        "Old",
        "Mr",
        "Mrs",
        "Sir",
    }
)
"""Before the name of a saint at the beginning of a sentence; other names are those of streets."""
_STREETS = {"st": "street", "dr": "drive", "ft": "feet"}


def abbreviation(core: str, before: str, after: str, *, stop: bool) -> Words | None:
    short = core.lower()
    if _DOTTED.fullmatch(core) and short not in ABBREVIATIONS:
        return spelled(core.replace(".", "").upper())
    return _known(core, before, after, stop=stop)


def _known(core: str, before: str, after: str, *, stop: bool) -> Words | None:
    short = core.lower()
    if not stop and short not in WITHOUT_STOP and "." not in short:
        return None
    if short in TITLES and core[:1].isupper():
        return _title(core, before, after, stop=stop)
    if short in NUMBERED and _NUMBER_AHEAD.match(after):
        return (NUMBERED[short],)
    return _usual(core, after)


def _usual(core: str, after: str) -> Words | None:
    short = core.lower()
    if short in DAYS and core.istitle() and (short not in {"sat", "sun"} or after[:1].isdigit() or after.istitle()):
        return (DAYS[short],)
    if short in ABBREVIATIONS and (core.istitle() or short not in CAPITALS):
        return tuple(ABBREVIATIONS[short].split())
    return None


def _title(core: str, before: str, after: str, *, stop: bool) -> Words | None:
    """Saint before a name, street after one; a title that nobody follows is what it says."""
    short = core.lower()
    named = before[:1].isupper() and (not after[:1].isupper() or (short == "st" and before not in _OPENINGS))
    if short in _STREETS and named:
        return (_STREETS[short],)
    if after[:1].isupper() or short in {"sr", "jr"} or (stop and short in WITHOUT_STOP):
        return (TITLES[short],)
    return None


def is_abbreviation(core: str, after: str = "") -> bool:
    """Whether a full stop after it, and before `after`, says nothing about the end of a sentence."""
    short = core.lower()
    if short in NUMBERED and after[:1].isdigit():
        return True
    if short in ENDS:
        return False
    initial = len(core) == 1 and core.isupper() and core != "I"
    titled = core[:1].isupper() and (short in TITLES or (short in DAYS and short not in {"sat", "sun"}))
    usual = short in ABBREVIATIONS and (short not in CAPITALS or core[:1].isupper())
    return initial or titled or usual or (short in {"fig", "vol", "pp", "nos", "ca"})


def goes_on(core: str, after: str) -> bool:
    """Whether the sentence goes on with `after`, although a full stop follows `core`."""
    if not after:
        return False
    known = {*ABBREVIATIONS, *TITLES, *NUMBERED, *DAYS}
    dotted = core.lower() in known or bool(_DOTTED.fullmatch(core)) or core == "in"
    return is_abbreviation(core) or (dotted and not after[:1].isupper())


def is_spelled(word: str) -> bool:
    """FBI, TVs and HTTP, but not NASA and not WOW."""
    name = word.removesuffix("s") if word[:-1].isupper() else word
    if not (name.isupper() and name.isascii() and name.isalpha() and len(name) > 1) or name in SAID:
        return False
    return name in SPELLED or len(name) <= 3 or not _VOWELS & set(name)


def spelled(word: str) -> Words:
    """TVs → T Vs."""
    plural = word[-1:] == "s" and word[:-1].isupper()
    letters = [LETTERS.get(letter.upper(), letter) for letter in (word[:-1] if plural else word)]
    return (*letters[:-1], f"{letters[-1]}s") if plural else tuple(letters)
