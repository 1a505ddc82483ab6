"""A depth group while it is still float: the flat painting at its end, and what it lets through of the one before."""

from __future__ import annotations

from typing import NamedTuple

from philo_render.pictures.painting.colour import Pixels


class Group(NamedTuple):
    """`painting` (height, width, 3) is everything up to and with this group; `through` (height, width) is 0..1.

    `depth` is 0 for what lies infinitely far, 1 for what stands before everything.
    """

    name: str
    depth: float
    painting: Pixels
    through: Pixels
