"""Chinese: longest match from the left over cues, the pack's words and compounds that must not be cut up."""

from __future__ import annotations

import re

from philo_render.pictures.matching.ballot import CUE, Ballot
from philo_render.pictures.matching.lexicon import lexicon, words
from philo_render.pictures.matching.negation import without_denied_zh
from philo_render.pictures.matching.senses import sense

_HAN = re.compile(r"[\u4e00-\u9fff]")
_LONGEST = 6
_SINGLE = 2.4  # one character says less than a word
_VAGUE = 4


def read_chinese(text: str, ballot: Ballot, boost: float, aside: bool) -> None:
    """Count the words of a text; nothing happens where there is no Chinese."""
    if not _HAN.search(text):
        return
    for idiom in words().idioms_zh:
        text = text.replace(idiom, "，" * len(idiom))
    text = without_denied_zh(text, _known)
    place = 0
    while place < len(text):
        weight = boost * (1.15 - 0.4 * place / len(text))
        place += _count(text, place, weight, ballot, aside) or 1


def _known(word: str) -> bool:
    return word in lexicon().chinese or word in lexicon().labels_zh or word in words().compounds_zh


def _count(text: str, place: int, weight: float, ballot: Ballot, aside: bool) -> int:
    known = lexicon()
    for length in range(min(_LONGEST, len(text) - place), 0, -1):
        word = text[place : place + length]
        if word in known.chinese:
            means = sense(word, text.__contains__)
            if means != "":
                ballot.cast(known.chinese[means or word], (CUE if length > 1 else _SINGLE) * weight, aside)
            return length
        if word in words().compounds_zh:
            return length
        named = known.labels_zh.get(word)
        if named:
            if len(named) <= _VAGUE or named[0][0] > 2:
                for strength, illustration in named:
                    ballot.name(illustration, strength * weight / len(named) ** 0.5, aside)
            return length
    return 0
