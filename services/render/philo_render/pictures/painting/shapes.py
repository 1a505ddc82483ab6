"""Outlines, as (n, 2) arrays of pixels, and the solid forms drawn from them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from philo_render.pictures.painting.canvas import Canvas, Shadow
from philo_render.pictures.painting.raster import Points, points


def arc(x: float, y: float, rx: float, ry: float, start: float = 0.0, end: float = 360.0, steps: int = 0) -> Points:
    """Part of an ellipse, angles in degrees; 0 is to the right, 90 is down."""
    steps = steps or max(16, min(160, int(max(rx, ry))))
    t = np.radians(np.linspace(start, end, steps))
    return points(np.stack([x + rx * np.cos(t), y + ry * np.sin(t)], 1))


def rounded(x0: float, y0: float, x1: float, y1: float, radius: float) -> Points:
    r = min(radius, (x1 - x0) / 2, (y1 - y0) / 2)
    corners = ((x1 - r, y0 + r, -90), (x1 - r, y1 - r, 0), (x0 + r, y1 - r, 90), (x0 + r, y0 + r, 180))
    return points(np.concatenate([arc(cx, cy, r, r, turn, turn + 90, 12) for cx, cy, turn in corners]))


def band(centre_x: ArrayLike, centre_y: ArrayLike, half_x: ArrayLike, half_y: ArrayLike = 0.0) -> Points:
    """The outline of a ribbon along a path, half as wide as given at every point."""
    cx, cy, hx, hy = np.broadcast_arrays(*(np.asarray(v, np.float32) for v in (centre_x, centre_y, half_x, half_y)))
    there, back = np.stack([cx - hx, cy - hy], 1), np.stack([cx + hx, cy + hy], 1)[::-1]
    return points(np.concatenate([there, back]))


def disc(
    canvas: Canvas,
    x: float,
    y: float,
    radius: float,
    colour: str | ArrayLike,
    alpha: float = 1.0,
    foot: str | ArrayLike | None = None,
    shadow: Shadow | None = None,
) -> None:
    canvas.polygon(arc(x, y, radius, radius), colour, alpha, foot, shadow)


def slab(
    canvas: Canvas,
    box: tuple[float, float, float, float],
    radius: float,
    colour: str | ArrayLike,
    alpha: float = 1.0,
    foot: str | ArrayLike | None = None,
    shadow: Shadow | None = None,
) -> None:
    """A rectangle (x0, y0, x1, y1) with round corners."""
    canvas.polygon(rounded(*box, radius), colour, alpha, foot, shadow)
