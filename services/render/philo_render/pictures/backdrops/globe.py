"""The world: continents in dots, arcs from place to place."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop, Seat, Seating, Seats
from philo_render.pictures.composition import Stance
from philo_render.pictures.living import things
from philo_render.pictures.pack import land
from philo_render.pictures.painting.colour import WHITE, Pixels, mix, shade
from philo_render.pictures.painting.raster import points
from philo_render.pictures.painting.shapes import disc
from philo_render.pictures.painting.sky import Glow, paint_sky
from philo_render.pictures.scenery import apron
from philo_render.pictures.stage import Stage

_DOTS = 4600
_TILT = -0.45


def paint(stage: Stage) -> Iterator[None]:
    p, canvas, radius = stage.palette, stage.canvas, stage.unit * 0.37
    x, y = (stage.side(0.64), stage.y(0.42)) if not stage.tall else (0.5 * stage.width, stage.y(0.38))
    paint_sky(canvas, p.sky, stage.rng, (Glow(0.5, 0.45, 0.9, p.sun, 0.22), Glow(0.85, 0.9, 0.8, p.accent, 0.18)))
    canvas.glow(x, y, radius * 1.25, p.sun, 0.28, "screen")
    disc(canvas, x, y, radius, mix(p.far, p.sun, 0.12), 0.95, foot=shade(p.near, 0.03))
    dots, dry = _sphere(stage)
    for (dx, dy, dz), is_land in zip(dots, dry, strict=True):
        if dz > 0.02:
            near = 0.25 + 0.75 * dz
            size = stage.unit * (0.0042 if is_land else 0.0012) * (0.6 + 0.4 * near)
            disc(canvas, x + radius * dx, y + radius * dy, size, p.sun, (0.85 if is_land else 0.35) * near)
    _routes(stage, x, y, radius, dots[(dots[:, 2] > 0.25) & dry])
    yield
    apron(stage, tufts=0)


def _sphere(stage: Stage) -> tuple[Pixels, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Even dots (Fibonacci lattice) turned towards us, and which of them are land."""
    k = np.arange(_DOTS)
    polar, around = np.arccos(1 - 2 * (k + 0.5) / _DOTS), np.pi * (1 + 5**0.5) * k
    x, y, z = np.cos(-around) * np.sin(polar), -np.cos(polar), np.sin(-around) * np.sin(polar)
    y, z = y * np.cos(_TILT) - z * np.sin(_TILT), y * np.sin(_TILT) + z * np.cos(_TILT)
    turn = 0.26 if stage.has("asia") else (4.9, 3.2, 5.6)[int(stage.rng.integers(0, 3))]
    longitude = ((around + turn) % (2 * np.pi)) / (2 * np.pi)
    dry = land()[(polar / np.pi * 359).astype(int), (longitude * 719).astype(int)] > 0
    return np.asarray(np.stack([x, y, z], 1), np.float32), dry


def _routes(stage: Stage, x: float, y: float, radius: float, places: Pixels) -> None:
    p, u = stage.palette, stage.unit
    if len(places) < 16:
        return
    chosen = places[stage.rng.permutation(len(places))[:16], :2] * radius + points([x, y])
    t = np.linspace(0, 1, 30)[:, None]
    for start, end in zip(chosen[:8], chosen[8:], strict=True):
        middle = (start + end) / 2
        outwards = (middle - (x, y)) / max(1.0, float(np.hypot(*(middle - (x, y)))))
        lift = middle + outwards * float(np.hypot(*(start - end))) * 0.45
        path = (1 - t) ** 2 * start + 2 * t * (1 - t) * lift + t**2 * end
        stage.canvas.line(path, u * 0.0028, p.accent, 0.9, u * 0.006)
        for place in (start, end):
            stage.canvas.glow(float(place[0]), float(place[1]), u * 0.014, p.accent, 0.7, "screen")
            disc(stage.canvas, float(place[0]), float(place[1]), u * 0.005, WHITE)


BACKDROP = Backdrop(
    "globe",
    paint,
    palettes=("slate", "teal"),
    indoor=True,
    stance=Stance.FLOAT,
    admits=things,
    seating=Seating(wide=Seats((Seat(0.22, 0.66, 0.32),)), tall=Seats((Seat(0.5, 0.785, 0.28),))),
)
