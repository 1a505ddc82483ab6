"""Where a cue breaks into two lines: the cheapest border, by balance and by sense."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from philo_render.film.words import CueWord
from philo_render.film.writing import Measure, is_head, is_weak, makes_pause


class Break(NamedTuple):
    """The lines as ranges of words, and what they cost."""

    cost: float
    lines: tuple[tuple[int, int], ...]


def written(words: Sequence[CueWord]) -> str:
    """The words as one line of text."""
    return "".join((" " if w.space and i else "") + w.text for i, w in enumerate(words))


class Galley:
    """All words of a scene in one strip: any stretch of it is measured without adding up its letters."""

    def __init__(self, words: Sequence[CueWord], measure: Measure) -> None:
        self.words, self.line = words, measure.line
        self.spaces = [measure.narrow if word.space else 0.0 for word in words]
        own = (measure.width(word.text) for word in words)
        self.ends = [0.0, *accumulate(space + width for space, width in zip(self.spaces, own, strict=True))]
        square = measure.wide == 1.0
        self.sense = [0.0, *(_sense(last, first, square=square) for last, first in pairwise(words)), 0.0]

    def width(self, start: int, end: int) -> float:
        """The words from `start` up to `end` on one line; no space before the first."""
        return self.ends[end] - self.ends[start] - self.spaces[start] if end > start else 0.0

    def broken(self, start: int, end: int) -> Break | None:
        """At most two lines no wider than the measure; None if the words do not fit."""
        if self.width(start, end) <= self.line:
            return Break(0.0, ((start, end),))
        fits = self._borders(start, end)
        if not fits:
            return None
        cost, border = min((self._cost(start, border, end), border) for border in fits)
        return Break(cost, ((start, border), (border, end)))

    def _borders(self, start: int, end: int) -> range:
        """Where the stretch may be parted so that both sides fit; a space at the border is in neither."""
        last = bisect_right(self.ends, self.ends[start] + self.spaces[start] + self.line + 1e-6) - 1
        first = bisect_left(self.ends, self.ends[end] - self.line - 1e-6)
        if first > start + 1 and self.width(first - 1, end) <= self.line:
            first -= 1
        return range(max(first, start + 1), min(last, end - 1) + 1)

    def _cost(self, start: int, border: int, end: int) -> float:
        """Lines as wide as each other, the upper rather the shorter."""
        top, foot = self.width(start, border), self.width(border, end)
        cost = 3.5 * ((top - foot) / self.line) ** 2 + self.sense[border]
        return cost + (0.25 if top > foot else 0.0) + (1.2 if min(top, foot) < 0.45 * max(top, foot) else 0.0)


def _sense(last: CueWord, first: CueWord, *, square: bool) -> float:
    """Readers pause at commas and stumble over a line that ends with an article."""
    cost = 0.8 if is_weak(last.text) else 0.0
    if makes_pause(last.text):
        return cost - (2.4 if square else 0.5)
    return cost - (0.35 if is_head(first.text) else 0.0)
