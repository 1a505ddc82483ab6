"""Roofs with upturned eaves, and lanterns on strings."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import mix, shade
from philo_render.pictures.painting.shapes import arc, slab
from philo_render.pictures.stage import Stage


def pavilion(
    stage: Stage, x: float, base: float, width: float, colour: ArrayLike, light: ArrayLike, floors: int = 2
) -> None:
    """A house of stacked roofs, windows lit, its foot at `base` pixels."""
    canvas, t = stage.canvas, np.linspace(-1, 1, 25)
    for k in range(floors):
        foot, size = base - width * 0.36 * k, width * (1 - 0.28 * k)
        wall = (x - size * 0.38, foot - width * 0.26, x + size * 0.38, foot + 2)
        slab(canvas, wall, 1, shade(colour, -0.03), foot=shade(colour, -0.06))
        for place in (-0.24, 0.0, 0.24):
            pane = (x + (place - 0.06) * size, foot - width * 0.18, x + (place + 0.06) * size, foot - width * 0.05)
            slab(canvas, pane, 1, light, 0.85)
        eaves = foot - width * 0.21 - np.abs(t) ** 3 * width * 0.085
        ridge = foot - width * 0.42 + np.abs(t) * width * 0.02
        roof = np.concatenate(
            [np.stack([x + t * size * 0.60, eaves], 1), np.stack([x + t * size * 0.26, ridge], 1)[::-1]]
        )
        canvas.polygon(
            roof, shade(colour, 0.05), foot=shade(colour, -0.01), shadow=Shadow(0, width * 0.03, width * 0.03, 0.3)
        )


def lantern(stage: Stage, x: float, y: float, radius: float, string: float | None = None) -> None:
    """A red paper lantern round (x, y); `string` is the height its string comes from."""
    canvas, unit, gold = stage.canvas, stage.unit, mix("#f4c56b", stage.palette.sun, 0.2)
    if string is not None:
        canvas.line([(x, string), (x, y - radius)], max(1.0, unit * 0.0012), stage.palette.near, 0.7)
    canvas.glow(x, y, radius * 3.2, "#ffae45", 0.46, "screen")
    red = mix("#ff5a3c", "#ffb347", 0.35)
    canvas.polygon(arc(x, y, radius * 1.15, radius), red, foot="#c4201f")
    for squeeze in (0.35, 0.75):
        canvas.line(arc(x, y, radius * 1.15 * squeeze, radius, -90, 90), max(1.0, radius * 0.03), "#a81c1c", 0.35)
        canvas.line(arc(x, y, radius * 1.15 * squeeze, radius, 90, 270), max(1.0, radius * 0.03), "#a81c1c", 0.35)
    canvas.glow(x, y, radius * 0.75, "#ffe3a0", 0.55, "screen")
    for end in (-1, 1):
        slab(
            canvas,
            (x - radius * 0.42, y + end * radius - radius * 0.10, x + radius * 0.42, y + end * radius + radius * 0.10),
            2,
            gold,
        )
    canvas.line([(x, y + radius * 1.1), (x, y + radius * 2.0)], max(1.0, radius * 0.07), gold)


def garland(
    stage: Stage, start: tuple[float, float], end: tuple[float, float], sag: float, count: int, radius: float
) -> None:
    """Lanterns along a hanging cord, pixels."""
    t = np.linspace(0, 1, 40)
    x, y = start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t + sag * 4 * t * (1 - t)
    stage.canvas.line(np.stack([x, y], 1), max(1.0, stage.unit * 0.0018), stage.palette.near, 0.85)
    for place in (np.arange(count) + 0.5) / count:
        px, py = float(np.interp(place, t, x)), float(np.interp(place, t, y))
        lantern(stage, px, py + radius * 1.5, radius, py)
