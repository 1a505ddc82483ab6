"""Languages that have no cue table of their own: their commonest nouns in English. The rows are in `elsewhere.csv`."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

_LETTERS = str.maketrans("أإآٱىةئؤ", "اااايهيو")
_MARKS = re.compile("[\u0640\u064b-\u065f\u0670]")
_CLITICS = re.compile("^(?:[وف]?(?:[بك]?ال|لل)|[وفبلك])")
"""And, then, by, as, for, the: written as one with an Arabic noun."""


@lru_cache(1)
def _stems() -> dict[str, dict[str, str]]:
    """Language -> stem -> English word."""
    table = files("philo_render.pictures.matching").joinpath("elsewhere.csv").read_text("utf-8").splitlines()
    known: dict[str, dict[str, str]] = {}
    for row in csv.DictReader(table, delimiter=";"):
        known.setdefault(row["language"], {})[_plain(row["stem"])] = row["english"]
    return known


def glossed(text: str, language: str) -> str:
    """The things that a text names, in English: `the village. the sea.`; "" in a language that is not in the table."""
    stems = _stems().get(language.partition("-")[0], {})
    found = (_meaning(_plain(word), stems) for word in text.split()) if stems else ()
    return " ".join(f"the {english}." for english in dict.fromkeys(found) if english)


def _plain(word: str) -> str:
    """Composed alike, without marks at its ends, Arabic without vowels and in one spelling."""
    bare = _MARKS.sub("", unicodedata.normalize("NFC", word)).translate(_LETTERS)
    return bare.strip("“”\"'«»،؛؟.,!?:;()।…")


def _meaning(word: str, stems: dict[str, str]) -> str:
    """By the longest stem that the word, or the word without its clitics, begins with."""
    forms = (word, _CLITICS.sub("", word))
    return next((stems[form[:size]] for size in range(len(word), 1, -1) for form in forms if form[:size] in stems), "")
