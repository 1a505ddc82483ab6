"""The spellings in which a word may hide, undone: full width, figures for letters, letters set apart or not to be seen."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from philo_analysis.lexicons import rows
from philo_analysis.text.characters import cjk_letters

_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s"})
_MIXED = re.compile(r"[a-z0-9@$]*[a-z][a-z0-9@$]*")
_APART = re.compile(r"(?<![a-z0-9])[a-z0-9@$](?P<gap>[ .\-_*~·]{1,2})(?:[a-z0-9@$](?P=gap)){2,}[a-z0-9@$](?![a-z0-9])")
_ELISION = re.compile(r"(?<![a-z])((?:[cdjlmnst]|qu)')(?=[a-z])")
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")
_UNSEEN = frozenset({"Cf", "Mn", "Me"})
"""Marks and joiners: they change how a letter looks, not which it is."""
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
_LOOKALIKES = str.maketrans("аеорсухіјѕԁɡһոᴀʙᴏοαν", "aeopcyxijsdghnabooav")
"""Cyrillic, Greek and phonetic letters that are drawn like Latin ones."""
_HAN_GAPS = re.compile(r"(?<=[\u3400-\u9fff])[\s*·.\-_~|]+(?=[\u3400-\u9fff])")


def spellings(sentence: str) -> tuple[str, ...]:
    """A sentence in plain letters, and once more with figures read as letters, and what was set apart put together."""
    plain = unicodedata.normalize("NFKC", sentence).lower().replace("’", "'")
    plain = "".join(filter(_seen, unicodedata.normalize("NFKD", plain))).translate(_LOOKALIKES)
    plain = _ELISION.sub(r"\1 ", plain)
    if cjk_letters(plain):
        plain = _HAN_GAPS.sub("", plain).translate(_simplified())
    found = (plain, *(_as_letters(_APART.sub(joined, plain)) for joined in (_together, _behind_an_article)))
    return tuple(dict.fromkeys(found))


def _as_letters(text: str) -> str:
    return _DRAWN_OUT.sub(r"\1", _MIXED.sub(lambda found: found.group().translate(_LEET), text))


def _together(found: re.Match[str]) -> str:
    """Letters that were set apart."""
    return re.sub(r"[ .\-_*~·]", "", found.group())


def _behind_an_article(found: re.Match[str]) -> str:
    """Of `a b o m b` the first is a word of its own."""
    letters = _together(found)
    return f"{letters[0]} {letters[1:]}"


def _seen(character: str) -> bool:
    return unicodedata.category(character) not in _UNSEEN and character not in _FILLERS


@cache
def _simplified() -> dict[int, str]:
    return {ord(traditional): simple for (traditional,), (simple,) in rows("traditional.zh")}
