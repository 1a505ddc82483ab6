"""Which rectangles of a depth group must be blended and which may simply be drawn, on a grid of tiles.

A warp costs by its area and a little for each call; blending costs nearly three times as much as drawing. So a group
is cut into slabs of rows, and each slab into runs of columns, at the least cost in all.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Tiles = NDArray[np.bool_]

_EMPTY, _SOLID, _MIXED = 0, 1, 2

_BLEND, _DRAW = 0.70, 0.26
"""Microseconds a tile of 16 x 16 source pixels costs in a frame, measured; what counts is how they compare."""

_BLEND_CALL, _DRAW_CALL = 60.0, 25.0
"""What one more rectangle costs whatever its size."""


class Rect(NamedTuple):
    """Rows top..end and columns left..right of a grid; end and right are the first outside."""

    top: int
    left: int
    end: int
    right: int


@dataclass(frozen=True)
class Cover:
    """Rectangles that do not overlap: those to blend, and those to draw because nothing behind them shows."""

    blended: tuple[Rect, ...]
    drawn: tuple[Rect, ...]


class _Run(NamedTuple):
    kind: int
    left: int
    right: int


def cover(seen: Tiles, hiding: Tiles) -> Cover:
    """Rectangles that hold every tile in which something is `seen`; those of `hiding` tiles alone need no blending."""
    rows = np.flatnonzero(seen.any(1))
    if not len(rows):
        return Cover((), ())
    first, last = int(rows[0]), int(rows[-1]) + 1
    cuts = [*range(first, last, 1 if last - first < 48 else 2), last]
    slabs = _slabs(seen, hiding, cuts)
    pieces = [(Rect(top, run.left, end, run.right), run.kind) for top, end, runs in slabs for run in runs]
    return Cover(
        tuple(rect for rect, kind in pieces if kind == _MIXED), tuple(rect for rect, kind in pieces if kind == _SOLID)
    )


def _slabs(seen: Tiles, hiding: Tiles, cuts: list[int]) -> list[tuple[int, int, list[_Run]]]:
    """The cheapest way down from the first cut to the last: (top, end, runs) of each slab."""
    least = [0.0] + [np.inf] * (len(cuts) - 1)
    came: list[tuple[int, list[_Run]]] = [(0, [])] * len(cuts)
    for start in range(len(cuts) - 1):
        shown, full = np.zeros(seen.shape[1], bool), np.ones(seen.shape[1], bool)
        for end in range(start + 1, len(cuts)):
            rows = slice(cuts[end - 1], cuts[end])
            shown |= seen[rows].any(0)
            full &= hiding[rows].all(0)
            tall = cuts[end] - cuts[start]
            runs = _runs(shown, full, tall)
            cost = least[start] + sum(_cost(run, tall) for run in runs)
            if cost < least[end]:
                least[end], came[end] = cost, (start, runs)
    slabs, end = [], len(cuts) - 1
    while end:
        start, runs = came[end]
        slabs.append((cuts[start], cuts[end], runs))
        end = start
    return slabs[::-1]


def _cost(run: _Run, tall: int) -> float:
    area = (run.right - run.left) * tall
    if run.kind == _EMPTY:
        return 0.0
    return area * _DRAW + _DRAW_CALL if run.kind == _SOLID else area * _BLEND + _BLEND_CALL


def _runs(shown: Tiles, full: Tiles, tall: int) -> list[_Run]:
    """Columns of a slab as runs of one kind; a short run between two to be blended is blended with them."""
    kinds = np.where(shown, np.where(full, _SOLID, _MIXED), _EMPTY)
    edges = [0, *(np.flatnonzero(np.diff(kinds)) + 1).tolist(), len(kinds)]
    runs: list[_Run] = []
    for left, right in pairwise(edges):
        runs.append(_Run(int(kinds[left]), left, right))
        _join(runs, tall)
    return [run for run in runs if run.kind != _EMPTY]


def _join(runs: list[_Run], tall: int) -> None:
    """Let the last runs become one where that is cheaper."""
    while len(runs) > 1 and runs[-1].kind == _MIXED:
        count = 3 if len(runs) > 2 and runs[-2].kind == _EMPTY else 2
        one = _Run(_MIXED, runs[-count].left, runs[-1].right)
        if _cost(one, tall) > sum(_cost(run, tall) for run in runs[-count:]):
            return
        runs[-count:] = [one]
