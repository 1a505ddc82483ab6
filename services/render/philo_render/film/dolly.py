"""The camera among depth groups: what is seen of a group at a moment. Near groups travel farther and grow faster."""

from __future__ import annotations

import math
from typing import NamedTuple

from philo_render.film.camera import Camera, View, ease


class Drift(NamedTuple):
    """How far a group moves by itself, shares of the picture's width and height; right and down are positive."""

    across: float = 0.0
    down: float = 0.0


STILL = Drift()


def deep_view(
    camera: Camera, depth: float, share: float, seconds: float, slide: float = 0.0, drift: Drift = STILL
) -> View:
    """What is seen of a group at `depth` (0 far, 1 near) when `share` of the move is done.

    Near the picture's edge a group is slowed down, softly, and never passes it.
    """
    done = ease(share)
    extent = 1.0 / (camera.scale * (1.0 + camera.zoom * done * (0.35 + 0.65 * depth)))
    near = 0.15 + 0.85 * depth
    hand = camera.sway * (0.0022 * math.sin(1.9 * seconds) + 0.0012 * math.sin(4.3 * seconds))
    across = (camera.pan * (done - 0.5) + hand) * near + slide * (0.25 + 0.75 * depth) + drift.across
    down = camera.rise * (done - 0.5) * near + drift.down
    spare = 1.0 - extent
    return View(
        camera.focus[0] * spare - _held(across * extent, camera.focus[0] * spare, (1 - camera.focus[0]) * spare),
        camera.focus[1] * spare - _held(down * extent, camera.focus[1] * spare, (1 - camera.focus[1]) * spare),
        extent,
    )


def _held(way: float, before: float, behind: float) -> float:
    """A way that bends before it reaches its room: `before` for positive ways, `behind` for negative ones."""
    room = before if way > 0 else behind
    if room <= 0.0:
        return 0.0
    return float(way / (1.0 + (abs(way) / room) ** 4) ** 0.25)
