"""How much two neighbouring sentences speak of the same: a new subject is a good place to cut.

Lexical cohesion after Hearst's TextTiling (Computational Linguistics 23(1), 1997), over windows of three sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import sqrt

from philo_analysis.lexicons import words
from philo_analysis.words import forms, tokens

_WINDOW = 3
_HAN = re.compile(r"[\u3400-\u9fff]+")
_EMPTY_HAN = frozenset("的了着过是在和与也就都而及有这那我你他她它们不没一个把被给对从到又还很")
_PRONOUN = re.compile(
    r"^[\"“「']*(?:he|she|it|they|his|her|its|their|this|that|these|those)\b|^[“「]?[他她它这那]", re.IGNORECASE
)
_ANSWERED = re.compile(r"[?？][\"”’」』]*$")
_QUOTE = re.compile(r"[\"“”「」『』]")


def cohesion(sentences: Sequence[str]) -> list[float]:
    """Before each sentence, from -1 (a new subject) to 1 (all the same); the first is 0.

    A pronoun that opens a sentence, and an answer after a question, hold to what was before.
    """
    found = [_content(sentence) for sentence in sentences]
    alike = [_alike(found, place) for place in range(len(found))]
    mean = sum(alike[1:]) / max(1, len(alike) - 1)
    return [_bounded(2.0 * (one - mean) + _tie(sentences, place)) for place, one in enumerate(alike)]


def _alike(found: list[Counter[str]], place: int) -> float:
    before, after = Counter[str](), Counter[str]()
    for one in found[max(0, place - _WINDOW) : place]:
        before.update(one)
    for one in found[place : place + _WINDOW]:
        after.update(one)
    shared = sum(count * after[word] for word, count in before.items())
    size = sqrt(sum(count**2 for count in before.values()) * sum(count**2 for count in after.values()))
    return shared / size if size else 0.0


def _tie(sentences: Sequence[str], place: int) -> float:
    if not place:
        return 0.0
    before, here = sentences[place - 1], sentences[place]
    spoken = bool(_QUOTE.search(before)) and bool(_QUOTE.search(here))
    return 0.25 * bool(_PRONOUN.match(here)) + 0.4 * bool(_ANSWERED.search(before)) + 0.3 * spoken


def _bounded(value: float) -> float:
    return max(-1.0, min(1.0, value))


@lru_cache(maxsize=512)
def _content(sentence: str) -> Counter[str]:
    """What a sentence is about: English words without inflections, Chinese pairs of characters."""
    known = words("stop.en")
    said = Counter(forms(token.low)[-1] for token in tokens(sentence[:600]) if token.low not in known)
    for run in _HAN.findall(sentence[:300]):
        pairs = (run[place : place + 2] for place in range(len(run) - 1))
        said.update(pair for pair in pairs if not _EMPTY_HAN & set(pair))
    return said
