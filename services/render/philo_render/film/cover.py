"""Which rectangles of a depth group must be blended and which may simply be drawn, on a grid of tiles.

A warp costs by its area and a little for each call, so a group is worth cutting into a few rectangles that leave out
what shows nothing of it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Tiles = NDArray[np.bool_]


class Rect(NamedTuple):
    """Rows top..end and columns left..right of a grid; end and right are the first outside."""

    top: int
    left: int
    end: int
    right: int

    @property
    def area(self) -> int:
        return (self.end - self.top) * (self.right - self.left)


def cover(wanted: Tiles, overhead: float) -> list[Rect]:
    """Rectangles that do not overlap and hold every wanted tile; one more must save `overhead` tiles of area."""
    rows, columns = np.flatnonzero(wanted.any(1)), np.flatnonzero(wanted.any(0))
    if not len(rows):
        return []
    box = Rect(int(rows[0]), int(columns[0]), int(rows[-1]) + 1, int(columns[-1]) + 1)
    part = wanted[box.top : box.end, box.left : box.right]
    down, cut_down = _cut(part)
    across, cut_across = _cut(part.T)
    if box.area - min(down, across) <= overhead:
        return [box]
    pieces = [(0, 0, part[:cut_down]), (cut_down, 0, part[cut_down:])]
    if across < down:
        pieces = [(0, 0, part[:, :cut_across]), (0, cut_across, part[:, cut_across:])]
    return [
        Rect(box.top + y + r.top, box.left + x + r.left, box.top + y + r.end, box.left + x + r.right)
        for y, x, piece in pieces
        for r in cover(piece, overhead)
    ]


def _cut(part: Tiles) -> tuple[float, int]:
    """The least area of the two boxes above and below a cut between two rows, and that cut."""
    if len(part) < 2:
        return np.inf, 0
    before, after = _areas(part)[:-1], _areas(part[::-1])[:-1][::-1]
    best = int(np.argmin(before + after))
    return float(before[best] + after[best]), best + 1


def _areas(part: Tiles) -> NDArray[np.int64]:
    """The area of the box round the wanted tiles of the first 1, 2, ... rows; the first row holds some."""
    width, any_ = part.shape[1], part.any(1)
    first = np.minimum.accumulate(np.where(any_, part.argmax(1), width))
    last = np.maximum.accumulate(np.where(any_, width - part[:, ::-1].argmax(1), 0))
    rows = np.maximum.accumulate(np.where(any_, np.arange(1, len(part) + 1), 0))
    return np.asarray(rows * (last - first), np.int64)


def largest(allowed: Tiles) -> Rect:
    """The largest rectangle of allowed tiles only; an empty one where there are none."""
    best, heights = Rect(0, 0, 0, 0), np.zeros(allowed.shape[1] + 1, np.int64)
    for row in range(len(allowed)):
        heights[:-1] = np.where(allowed[row], heights[:-1] + 1, 0)
        best = max(best, _under(heights, row + 1), key=lambda rect: rect.area)
    return best


def _under(heights: NDArray[np.int64], end: int) -> Rect:
    """The largest rectangle that stands on row `end` below a skyline whose last column is 0."""
    best, open_ = Rect(0, 0, 0, 0), [(0, 0)]  # (left, height), rising
    for column, height in enumerate(heights.tolist()):
        left = column
        while open_[-1][1] > height:
            left, tall = open_.pop()
            best = max(best, Rect(end - tall, left, end, column), key=lambda rect: rect.area)
        if height > open_[-1][1]:
            open_.append((left, height))
    return best
