"""Subtitles: which words stand together, as the cheapest path over the borders between words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from philo_contracts.shapes import Value
from philo_render.film.bidi import runs_right_to_left
from philo_render.film.format import Format
from philo_render.film.lines import Galley, written
from philo_render.film.rhythm import RHYTHM
from philo_render.film.words import CueWord
from philo_render.film.writing import MOST_LINES, Measure, closes_sentence, is_head, is_weak, makes_pause


class Cue(Value):
    """One subtitle, shown on [first_frame, end_frame), counted from the start of its chunk.

    The times of its words are seconds from its own first frame, so that it can be moved without a change.
    """

    first_frame: int
    end_frame: int
    lines: tuple[tuple[CueWord, ...], ...]
    joined_before: bool = False
    joined_after: bool = False
    rtl: bool = False
    """Its lines run from right to left, as most of the scene does."""

    @property
    def words(self) -> tuple[CueWord, ...]:
        return tuple(word for line in self.lines for word in line)

    def moved(self, by: int) -> Cue:
        return self.model_copy(update={"first_frame": self.first_frame + by, "end_frame": self.end_frame + by})

    @property
    def text(self) -> str:
        return "\n".join(written(line) for line in self.lines)


SCRAP = 2
"""Words that are too few to stand alone, if they are not a sentence."""

Lines = tuple[tuple[CueWord, ...], ...]


class _Path(NamedTuple):
    """The cheapest way up to a border: its cost, where its last group starts, and how that is broken."""

    cost: float
    start: int
    lines: tuple[tuple[int, int], ...]


def cut(words: Sequence[CueWord], measure: Measure) -> list[Lines]:
    """Groups of words, each of at most two lines: the way through the borders that reads best."""
    galley, costs = Galley(words, measure), _Costs(words)
    best = [_Path(0.0, 0, ())]
    for end in range(1, len(words) + 1):
        best.append(_cheapest(galley, costs, end, best, measure))
    groups: list[Lines] = []
    at = len(words)
    while at:
        groups.append(tuple(tuple(words[first:last]) for first, last in best[at].lines))
        at = best[at].start
    return groups[::-1]


def _cheapest(galley: Galley, costs: _Costs, end: int, best: list[_Path], measure: Measure) -> _Path:
    found: _Path | None = None
    for start in range(end - 1, -1, -1):
        width = galley.width(start, end)
        if width > measure.line * MOST_LINES + 1:
            break
        cost = best[start].cost + costs.of(start, end, width, measure.pace)
        if found is not None and cost - _LEAST_BREAK >= found.cost:
            continue
        broken = galley.broken(start, end)
        if broken is None:
            continue
        cost += 0.5 * broken.cost + 0.15 * (len(broken.lines) - 1)
        if found is None or cost < found.cost:
            found = _Path(cost, start, broken.lines)
    if found is None:
        raise AssertionError("a single piece always fits one line")
    return found


_LEAST_BREAK = 1.2
"""The most that a well-placed break can take off a group's cost."""


class _Costs:
    """What a group costs by its time, its pace and its end."""

    def __init__(self, words: Sequence[CueWord]) -> None:
        last = words[-1].end + 0.6 if words else 0.0
        self.starts = [*(word.start for word in words), last]
        self.stops = [0, *accumulate(closes_sentence(word.text) for word in words)]
        self.borders = [0.0, *(_border_cost(last, first) for last, first in pairwise(words)), 0.0]

    def of(self, start: int, end: int, width: float, pace: float) -> float:
        seconds = self.starts[end] - self.starts[start]
        cost = 1.0 + 4.0 * max(0.0, 1.0 - seconds) + 2.0 * max(0.0, seconds - 5.5)
        cost += 0.12 * max(0.0, width / max(0.3, seconds) - pace)
        cost += 0.8 if self._is_scrap(start, end) else 0.0
        return cost + (0.7 if self.stops[end - 1] > self.stops[start] else 0.0) + self.borders[end]

    def _is_scrap(self, start: int, end: int) -> bool:
        """One or two words that are left of a sentence, or opened one: `of England.`"""
        whole = self.stops[start] > self.stops[start - 1] if start else True
        return end - start <= SCRAP and not (whole and self.stops[end] > self.stops[start])


def _border_cost(last: CueWord, first: CueWord) -> float:
    if closes_sentence(last.text):
        return -0.8
    if makes_pause(last.text):
        return -0.35
    close = 0.6 if first.text.lower() == "of" else 0.0
    return 0.7 + close + (0.9 if is_weak(last.text) else 0.0) - (0.45 if is_head(first.text) else 0.0)


def timed(groups: Sequence[Lines], span: tuple[int, int], format_: Format) -> tuple[Cue, ...]:
    """Give every group its frames within `span`: a little early, a little late, without flicker between neighbours."""
    rtl = runs_right_to_left(" ".join(written(line) for group in groups for line in group))
    cues: list[Cue] = []
    for group in groups:
        first = max(span[0], int((group[0][0].start - RHYTHM.cue_early) * format_.fps))
        end = min(span[1], -int(-(group[-1][-1].end + RHYTHM.cue_late) * format_.fps // 1))
        cues.append(Cue(first_frame=first, end_frame=max(first + 1, end), lines=group, rtl=rtl))
    return tuple(_own_times(cue, format_) for cue in _closed(cues, format_.frames(RHYTHM.cue_hold)))


def _own_times(cue: Cue, format_: Format) -> Cue:
    """Rounded to the microsecond: keys must not hang on the last bit of a float."""
    began = format_.seconds(cue.first_frame)
    lines = tuple(
        tuple(
            word.model_copy(update={"start": round(word.start - began, 6), "end": round(word.end - began, 6)})
            for word in line
        )
        for line in cue.lines
    )
    return cue.model_copy(update={"lines": lines})


def _closed(cues: list[Cue], hold: int) -> tuple[Cue, ...]:
    for i in range(len(cues) - 1):
        before, after = cues[i], cues[i + 1]
        if after.first_frame - before.end_frame < hold:
            border = max(after.first_frame, before.first_frame + 1)
            cues[i] = before.model_copy(update={"end_frame": border, "joined_after": True})
            cues[i + 1] = after.model_copy(
                update={"first_frame": border, "joined_before": True, "end_frame": max(after.end_frame, border + 1)}
            )
    return tuple(cues)
