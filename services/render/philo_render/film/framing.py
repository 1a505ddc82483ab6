"""How often a scene's picture is framed anew, and when: nobody looks at one picture for long."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from philo_contracts.shapes import Word
from philo_render.film.rhythm import RHYTHM
from philo_render.film.writing import closes_sentence, makes_pause

_SENTENCE, _CLAUSE, _WORD = 1.6, 0.6, -1.0
"""Seconds that a better place may lie further from the best moment: a new sentence, a breath, any word at all."""


def framings(words: Sequence[Word], span: tuple[float, float]) -> list[float]:
    """Seconds at which a long scene is framed anew: in like parts, as nearly as sentences allow.

    No framing between `span` lasts longer than `RHYTHM.longest`, none is shorter than `RHYTHM.shortest`.
    """
    start, end = span
    if end - start <= RHYTHM.longest:
        return []
    parts = math.ceil((end - start) / RHYTHM.longest)
    wished = start + (end - start) * (parts // 2) / parts
    first, last = start + RHYTHM.shortest, end - RHYTHM.shortest
    places = [(abs(at - wished) - worth, at) for at, worth in _pauses(words) if first <= at <= last]
    cut = min(places, default=(0.0, wished))[1]
    return [*framings(words, (start, cut)), cut, *framings(words, (cut, end))]


def _pauses(words: Sequence[Word]) -> Iterator[tuple[float, float]]:
    """(Middle of the pause, what it is worth) between any two words."""
    for word, following in pairwise(words):
        worth = _SENTENCE if closes_sentence(word.text) else _CLAUSE if makes_pause(word.text) else _WORD
        yield (word.end + following.start) / 2, worth
