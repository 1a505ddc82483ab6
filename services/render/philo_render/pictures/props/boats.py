"""Boats cut from paper, hulls that sit in the water: a fishing boat, a rowing boat, a sailing ship, a junk."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from philo_render.pictures.pack import Kind
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import Colour, mix, shade
from philo_render.pictures.painting.raster import points
from philo_render.pictures.painting.shapes import slab
from philo_render.pictures.prop import Prop, Spot
from philo_render.pictures.stage import Stage

Pairs = list[tuple[float, float]]


class _Yard:
    """Draws in a boat's own measure: x forwards, y upwards, both in boat heights from the waterline."""

    def __init__(self, stage: Stage, spot: Spot, tilt: float) -> None:
        self.stage, self.spot = stage, spot
        turn = np.radians(tilt) * spot.facing
        self._turn = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]], np.float32)
        self.shadow = Shadow(-stage.towards_light() * spot.height * 0.02, spot.height * 0.015, spot.height * 0.03, 0.28)

    def at(self, pairs: Pairs | ArrayLike) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        local = np.asarray(pairs, np.float32) * points([self.spot.facing, -1]) * self.spot.height
        return points(local @ self._turn.T + points([self.spot.x, self.spot.base]))

    def cut(self, pairs: Pairs | ArrayLike, colour: ArrayLike, shadow: bool = False) -> None:
        cast = self.shadow if shadow else None
        self.stage.canvas.polygon(self.at(pairs), shade(colour, 0.03), foot=shade(colour, -0.06), shadow=cast)

    def rope(self, pairs: Pairs, width: float, colour: ArrayLike) -> None:
        self.stage.canvas.line(self.at(pairs), max(1.0, width * self.spot.height), colour)

    def light(self, x: float, y: float, size: float) -> None:
        place = self.at([(x, y)])[0]
        self.stage.canvas.glow(
            float(place[0]), float(place[1]), size * self.spot.height * 2.4, "#ffb650", 0.55, "screen"
        )
        self.stage.canvas.glow(
            float(place[0]), float(place[1]), size * self.spot.height * 0.5, "#fff3cf", 0.95, "screen"
        )

    def paint(self, colour: str) -> Colour:
        p = self.stage.palette
        return mix(mix(colour, p.near, 0.30), p.far, 0.12) if self.stage.dark else mix(colour, p.sun, 0.08)


def _tilt(stage: Stage) -> float:
    return -7.0 if stage.has("storm") else -2.0


def _hull(yard: _Yard, length: float, height: float, colour: str, stripe: str) -> None:
    t = np.linspace(0, 1, 20)
    x = -length / 2 + length * t
    sheer = height * (0.80 + 0.75 * (2 * t - 1) ** 2 * (0.6 + 0.4 * t))
    keel = -height * 0.55 * np.sin(np.pi * np.clip(t * 1.02, 0, 1)) ** 0.5
    top, low = np.stack([x, sheer], 1), np.stack([x * 0.90, keel], 1)[::-1]
    yard.cut(np.concatenate([top, low]), yard.paint(colour), shadow=True)
    rail = np.stack([x, sheer - height * 0.20], 1)[::-1]
    yard.cut(np.concatenate([top, rail]), yard.paint(stripe))


def draw_fishing_boat(stage: Stage, spot: Spot) -> None:
    yard = _Yard(stage, spot, _tilt(stage))
    dark = yard.paint("#3b3440")
    yard.rope([(-0.02, 0.15), (-0.02, 0.98)], 0.020, dark)
    yard.rope([(-0.02, 0.95), (0.62, 0.26)], 0.007, dark)
    yard.rope([(-0.02, 0.95), (-0.58, 0.24)], 0.007, dark)
    sail = [(-0.05, 0.90), (-0.05, 0.36), (-0.46, 0.33)]
    yard.cut(sail, yard.paint("#e9ddc3"), shadow=True)
    yard.cut([(0.06, 0.10), (0.06, 0.46), (0.36, 0.46), (0.38, 0.10)], yard.paint("#f1e7d3"), shadow=True)
    yard.cut([(0.03, 0.46), (0.06, 0.53), (0.39, 0.53), (0.41, 0.46)], yard.paint("#b8483e"))
    glass = mix("#ffdf9a", stage.palette.accent, 0.2) if stage.dark else yard.paint("#6f97a8")
    for x in (0.11, 0.24):
        yard.cut([(x, 0.27), (x, 0.40), (x + 0.09, 0.40), (x + 0.09, 0.27)], glass)
    _hull(yard, 1.42, 0.22, "#2f5d76", "#e4a83f")
    yard.cut([(-0.02, 0.98), (-0.02, 0.91), (-0.18, 0.945)], yard.paint("#d2524a"))
    if stage.dark:
        yard.light(-0.02, 0.98, 0.05)
        yard.light(0.24, 0.33, 0.09)


def draw_rowing_boat(stage: Stage, spot: Spot) -> None:
    yard = _Yard(stage, spot, _tilt(stage))
    coat, skin = yard.paint("#d99a3d"), yard.paint("#e3b48f")
    yard.cut([(-0.20, 0.15), (-0.16, 0.62), (-0.02, 0.66), (0.08, 0.60), (0.14, 0.15)], coat, shadow=True)
    head = yard.at([(-0.03, 0.76)])[0]
    radius = spot.height * 0.11
    slab(stage.canvas, (head[0] - radius, head[1] - radius, head[0] + radius, head[1] + radius), radius, skin)
    yard.cut([(-0.30, 0.78), (-0.03, 1.02), (0.24, 0.78), (-0.03, 0.74)], yard.paint("#d9b26a"))
    yard.rope([(-0.05, 0.46), (0.40, 0.16), (0.72, -0.10)], 0.035, yard.paint("#8a5f3a"))
    _hull(yard, 1.9, 0.24, "#7a4a38", "#c98a52")
    if stage.dark:
        yard.rope([(0.78, 0.25), (0.80, 0.70)], 0.020, yard.paint("#3b3440"))
        yard.light(0.80, 0.62, 0.08)


def draw_ship(stage: Stage, spot: Spot) -> None:
    yard = _Yard(stage, spot, _tilt(stage))
    wood, cloth = yard.paint("#4a3730"), yard.paint("#f0e4cb")
    for x, tall in ((-0.30, 0.92), (0.02, 1.0), (0.32, 0.86)):
        yard.rope([(x, 0.1), (x, tall)], 0.016, wood)
        for low, high, half in ((0.26, 0.52, 0.16), (0.55, 0.76, 0.13), (0.79, 0.92, 0.09)):
            s, t = tall, np.linspace(-1, 1, 9)
            upper = np.stack([x + t * half * 0.86, np.full(9, high * s)], 1)
            lower = np.stack([x + 0.05 + t[::-1] * half, low * s + 0.05 * (1 - t[::-1] ** 2)], 1)
            yard.cut(np.concatenate([upper, lower]), cloth, shadow=True)
    yard.rope([(0.46, 0.20), (0.74, 0.36)], 0.016, wood)
    yard.cut([(0.35, 0.72), (0.70, 0.34), (0.42, 0.32)], cloth)
    _hull(yard, 1.15, 0.20, "#6b4030", "#d0a050")
    yard.cut([(0.02, 1.06), (0.02, 1.0), (0.16, 1.03)], yard.paint("#c8433a"))
    if stage.dark:
        yard.light(-0.50, 0.28, 0.05)


def draw_junk(stage: Stage, spot: Spot) -> None:
    yard = _Yard(stage, spot, _tilt(stage))
    batten, cloth = yard.paint("#5a2f28"), yard.paint("#c4543f")
    for x, tall, wide in ((0.10, 1.0, 0.42), (-0.36, 0.74, 0.28)):
        yard.rope([(x, 0.1), (x, tall)], 0.016, batten)
        edge = [
            (x - wide * 0.42, tall * 0.22),
            (x - wide * 0.50, tall * 0.92),
            (x + wide * 0.35, tall),
            (x + wide * 0.78, tall * 0.55),
        ]
        yard.cut([*edge, (x + wide * 0.62, tall * 0.20)], cloth, shadow=True)
        for k in np.linspace(0.34, 0.86, 5):
            yard.rope([(x - wide * 0.48, tall * k), (x + wide * 0.70, tall * (k + 0.05))], 0.008, batten)
    _hull(yard, 1.35, 0.22, "#5c3a2c", "#d29a4a")
    if stage.dark:
        yard.light(-0.52, 0.36, 0.06)


PROPS = (
    Prop("fishing-boat", Kind.PLACE, draw_fishing_boat, afloat=True),
    Prop("rowing-boat", Kind.PLACE, draw_rowing_boat, size=0.62, afloat=True),
    Prop("sailing-ship", Kind.PLACE, draw_ship, size=1.15, afloat=True),
    Prop("junk", Kind.PLACE, draw_junk, afloat=True),
)
