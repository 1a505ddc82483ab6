"""The stage is built behind the opening title: the sky is there, and group after group comes up, the nearest last."""

from __future__ import annotations

from enum import Enum

import numpy as np

from philo_render.film.camera import View
from philo_render.film.planes import U8

FIRST, STAGGER, LASTS = 0.20, 0.60, 1.10
"""Seconds: when the farthest sets out, how much later the nearest does, how long each is on its way."""
BELOW, NEARER = 0.72, 0.20
"""How far from its place a far group sets out, and how much farther a near one; shares of the frame's height."""
STILL = 0.14
"""Sky and clouds, which nobody builds, lie no nearer than this."""
HIGH = 0.5
"""What lies above this height of the frame comes from above: a branch, a lantern, a bird."""
_MOST = 0.8
"""Share of a group that has to lie there; petals may fall from a branch."""
_TOUCHES = 0.01
"""Share of an edge that a group must cover to be fastened there."""


class Way(Enum):
    """Whence a group comes: what hangs from the frame's top is let down, what is fastened above and below stands."""

    UP = 1
    DOWN = -1
    NONE = 0


def way_of(depth: float, through: U8) -> Way:
    """By where the group, with this transmittance (height, width), is fastened to the picture's edges."""
    if depth <= STILL:
        return Way.NONE
    above, below = (float(np.mean(edge < 128)) > _TOUCHES for edge in (through[:2], through[-2:]))
    if above and below:
        return Way.NONE
    cover = np.sum(through < 128, axis=1)
    high = float(np.sum(cover[: round(HIGH * len(cover))])) > _MOST * float(np.sum(cover))
    return Way.DOWN if above or high else Way.UP


def on_its_way(seen: View, way: Way, depth: float, seconds: float) -> View:
    """What is seen of a group, `seconds` after the curtain, that will be seen as `seen` when the stage stands."""
    done = min(1.0, max(0.0, (seconds - FIRST - STAGGER * depth) / LASTS))
    left = (1.0 - done) ** 3 * (BELOW + NEARER * depth)
    return seen._replace(top=seen.top - way.value * left * seen.extent)
