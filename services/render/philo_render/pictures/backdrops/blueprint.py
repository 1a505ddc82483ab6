"""Mathematics: a grid, axes, a glowing curve, its tangent and the area below it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop, Seat, Seating, Seats
from philo_render.pictures.composition import Stance
from philo_render.pictures.living import things
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import WHITE, Pixels, mix
from philo_render.pictures.painting.shapes import disc, slab
from philo_render.pictures.painting.sky import Glow, paint_sky
from philo_render.pictures.scenery import apron
from philo_render.pictures.stage import Stage

_CURVES: tuple[Callable[[Pixels], Pixels], ...] = (
    lambda t: 0.15 + 0.7 * t**2,
    lambda t: 0.30 + 0.28 * (np.sin(t * 6.6 - 0.9) + 0.25) + 0.25 * t,
    lambda t: 0.78 * np.exp(-(((t - 0.48) / 0.2) ** 2)) + 0.06,
)


def paint(stage: Stage) -> Iterator[None]:
    p, canvas, u = stage.palette, stage.canvas, stage.unit
    paint_sky(canvas, p.sky, stage.rng, (Glow(0.5, 0.4, 0.9, p.sun, 0.14),))
    for x in np.arange(0, stage.width, u * 0.075):
        canvas.line([(x, 0), (x, stage.height)], u * 0.0012, p.sun, 0.08)
    for y in np.arange(0, stage.height, u * 0.075):
        canvas.line([(0, y), (stage.width, y)], u * 0.0012, p.sun, 0.08)
    x0, x1 = 0.12 * stage.width, 0.90 * stage.width
    y0, y1 = stage.y(0.71), stage.y(0.11 if not stage.tall else 0.25)
    t = np.linspace(0, 1, 240, dtype=np.float32)
    heights = _CURVES[int(stage.rng.integers(0, len(_CURVES)))](t)
    curve = np.asarray(np.stack([x0 + (x1 - x0) * t, y0 + (y1 - y0) * heights], 1), np.float32)
    _area(stage, curve, y0)
    _axes(stage, x0, x1, y0, y1)
    canvas.line(curve, u * 0.008, p.accent, 1.0, u * 0.016)
    _tangent(stage, curve, y0)
    yield
    apron(stage, tufts=0)


def _area(stage: Stage, curve: Pixels, floor: float) -> None:
    for k in np.linspace(60, 160, 10).astype(int):
        left, right = curve[k], curve[k + 10]
        slab(stage.canvas, (float(left[0]), float(left[1]), float(right[0]) - 2, floor), 0, stage.palette.accent, 0.30)


def _axes(stage: Stage, x0: float, x1: float, y0: float, y1: float) -> None:
    canvas, u, ink = stage.canvas, stage.unit, mix(stage.palette.sun, WHITE, 0.5)
    canvas.line([(x0, y0 + u * 0.03), (x0, y1 - u * 0.02)], u * 0.004, ink, 0.9)
    canvas.line([(x0 - u * 0.03, y0), (x1 + u * 0.02, y0)], u * 0.004, ink, 0.9)
    canvas.polygon([(x1 + u * 0.035, y0), (x1 + u * 0.012, y0 - u * 0.010), (x1 + u * 0.012, y0 + u * 0.010)], ink)
    canvas.polygon([(x0, y1 - u * 0.035), (x0 - u * 0.010, y1 - u * 0.012), (x0 + u * 0.010, y1 - u * 0.012)], ink)
    for k in range(1, 9):
        x = x0 + (x1 - x0) * k / 9
        canvas.line([(x, y0 - u * 0.008), (x, y0 + u * 0.008)], u * 0.003, ink, 0.7)


def _tangent(stage: Stage, curve: Pixels, floor: float) -> None:
    canvas, u, k = stage.canvas, stage.unit, int(stage.rng.integers(110, 170))
    way = curve[k + 3] - curve[k - 3]
    reach = way / max(1e-3, float(np.hypot(*way))) * u * 0.24
    touch = curve[k]
    canvas.line([touch - reach, touch + reach], u * 0.005, "#7fe3d4", 1.0, u * 0.01)
    canvas.line([touch, (touch[0], floor)], u * 0.003, WHITE, 0.5)
    disc(canvas, float(touch[0]), float(touch[1]), u * 0.014, WHITE, shadow=Shadow(0, 0, u * 0.012, 0.5))
    disc(canvas, float(touch[0]), float(touch[1]), u * 0.008, stage.palette.accent)


BACKDROP = Backdrop(
    "blueprint",
    paint,
    palettes=("slate", "teal"),
    indoor=True,
    stance=Stance.FLOAT,
    admits=things,
    seating=Seating(wide=Seats((Seat(0.235, 0.36, 0.20),)), tall=Seats((Seat(0.5, 0.22, 0.24),))),
)
