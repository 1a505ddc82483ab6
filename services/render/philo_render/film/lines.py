"""Where a cue breaks into two lines: the cheapest border, by balance and by sense."""

from __future__ import annotations

from collections.abc import Sequence

from philo_contracts.shapes import Value
from philo_render.film.words import CueWord
from philo_render.film.writing import Measure, is_head, is_weak, makes_pause


class Break(Value):
    """The lines as ranges of words, and what they cost."""

    cost: float
    lines: tuple[tuple[int, int], ...]


def written(words: Sequence[CueWord]) -> str:
    """The words as one line of text."""
    return "".join((" " if w.space and i else "") + w.text for i, w in enumerate(words))


def width(words: Sequence[CueWord], measure: Measure) -> float:
    """The width of the words on one line, without writing it."""
    return sum(measure.width(w.text) + (measure.narrow if w.space and i else 0.0) for i, w in enumerate(words))


def break_lines(words: Sequence[CueWord], measure: Measure) -> Break | None:
    """At most two lines no wider than `measure.line`; None if the words do not fit."""
    count = len(words)
    if width(words, measure) <= measure.line:
        return Break(cost=0.0, lines=((0, count),))
    best: Break | None = None
    for border in range(1, count):
        cost = _cost(words[:border], words[border:], measure)
        if cost is not None and (best is None or cost < best.cost):
            best = Break(cost=cost, lines=((0, border), (border, count)))
    return best


def _cost(above: Sequence[CueWord], below: Sequence[CueWord], measure: Measure) -> float | None:
    top, foot = width(above, measure), width(below, measure)
    if max(top, foot) > measure.line:
        return None
    cost = 3.5 * ((top - foot) / measure.line) ** 2
    cost += 0.25 if top > foot else 0.0
    cost += 1.2 if min(top, foot) < 0.45 * max(top, foot) else 0.0
    return cost + _sense(above[-1], below[0], square=measure.wide == 1.0)


def _sense(last: CueWord, first: CueWord, *, square: bool) -> float:
    """Readers pause at commas and stumble over a line that ends with an article."""
    cost = 0.8 if is_weak(last.text) else 0.0
    if makes_pause(last.text):
        return cost - (2.4 if square else 0.5)
    return cost - (0.35 if is_head(first.text) else 0.0)
