"""A depth group while it is still float: the flat painting at its end, and what it lets through of the one before."""

from __future__ import annotations

from typing import NamedTuple

from philo_render.pictures.painting.colour import Pixels

STRIP = 32
"""Rows that stay in the processor's cache; groups begin and end on whole strips."""


class Group(NamedTuple):
    """`painting` (rows, width, 3) is everything up to and with this group, `through` (rows, width) is 0..1.

    Both are kept between row `top` and `end` of the picture alone; elsewhere the group paints nothing. `depth` is 0
    for what lies infinitely far, 1 for what stands before everything.
    """

    name: str
    depth: float
    top: int
    painting: Pixels
    through: Pixels

    @property
    def end(self) -> int:
        return self.top + len(self.through)

    def rows(self, rows: slice) -> slice | None:
        """Rows of the picture as rows of this group; None when it holds none of them."""
        first, last = max(rows.start, self.top), min(rows.stop, self.end)
        return slice(first - self.top, last - self.top) if first < last else None
