"""Pieces of scenery that several backdrops share: an open sky, the dark front sheet, corners, woods, falling light."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from philo_render.pictures.landscape import crown, rolling
from philo_render.pictures.painting.colour import Colour, Pixels, mix, shade
from philo_render.pictures.painting.paper import layer, sheet
from philo_render.pictures.painting.plants import fern, flower, grass, pine, round_tree
from philo_render.pictures.painting.shapes import arc
from philo_render.pictures.painting.sky import (
    Glow,
    Haze,
    paint_birds,
    paint_cloud,
    paint_moon,
    paint_sky,
    paint_stars,
    paint_sun,
)
from philo_render.pictures.stage import Stage

APRON = 0.812
"""Where the dark front sheet begins, a height of the design."""


def open_sky(
    stage: Stage,
    clouds: int = 3,
    birds: int = 4,
    radius: float = 0.085,
    lights: tuple[Glow, ...] = (),
    *,
    apart: bool = True,
) -> None:
    """Sky, sun or moon, stars by night, clouds and birds by day; depth groups of their own if `apart`."""
    p = stage.palette
    x, y = stage.sun
    wet = stage.has("rain", "storm")
    glow = Glow(x / stage.width, y / stage.height, 0.9, p.sun, 0.5)
    haze = Haze(p.sun, 0.16 if p.dark else 0.30)
    paint_sky(stage.canvas, p.sky, stage.rng, (glow, *lights), haze, stage.y(0.66) / stage.height)
    if p.dark:
        paint_stars(stage.canvas, stage.rng, 30 if wet else 110, stage.y(0.45))
        paint_moon(stage.canvas, stage.rng, x, y, stage.unit * radius, p.sun, p.sky[1])
    elif wet:
        _rain_clouds(stage)
    else:
        paint_sun(stage.canvas, x, y, stage.unit * radius, p.sun, p.sky[2])
    if apart:
        stage.group("sky", 0.0)
    if not (p.dark or wet):
        _fair(stage, clouds, birds)
        if apart:
            stage.group("clouds", 0.12)


def _fair(stage: Stage, clouds: int, birds: int) -> None:
    """Clouds and birds."""
    p, canvas, rng = stage.palette, stage.canvas, stage.rng
    if stage.has("rainbow"):
        _rainbow(stage)
    for k in range(clouds):
        place = (k + rng.uniform(0.1, 0.9)) / clouds * stage.width
        width = stage.unit * rng.uniform(0.20, 0.38)
        paint_cloud(canvas, rng, place, stage.y(rng.uniform(0.10, 0.32)), width, p.cloud, p.sky[1])
    if birds:
        spot = (stage.side(rng.uniform(0.40, 0.56)), stage.y(0.24))
        paint_birds(canvas, rng, *spot, birds, stage.unit * 0.014, shade(p.near, 0.1))


_RAINBOW = ("#e0796b", "#efa866", "#f3d981", "#a5cf93", "#78b6cf", "#a08fc6")


def _rainbow(stage: Stage) -> None:
    """Six strips of paper, opposite the sun."""
    x, y, strip = stage.width - stage.sun[0], stage.y(0.74), 0.026 * stage.unit
    for k, colour in enumerate(_RAINBOW):
        far = 0.60 * stage.unit - k * strip
        ring = np.concatenate([arc(x, y, far, far, 180, 360), arc(x, y, far - strip, far - strip, 180, 360)[::-1]])
        stage.canvas.polygon(ring, mix(colour, stage.palette.sky[1], 0.18), 0.80)


def _rain_clouds(stage: Stage) -> None:
    """A low, even cover of cloud instead of the sun."""
    p, rng = stage.palette, stage.rng
    for row in range(3):
        colour = mix(mix(p.sky[0], p.far, 0.25 + 0.25 * row), p.sky[2], 0.10 + 0.12 * row)
        for k in range(6):
            place = (k + rng.uniform(-0.1, 1.1)) / 6 * stage.width
            width = stage.unit * rng.uniform(0.40, 0.62) * (1 - 0.15 * row)
            paint_cloud(stage.canvas, rng, place, stage.y(0.04 + 0.075 * row), width, colour, p.sky[1])


def apron(stage: Stage, tufts: int = 150, tall: float = 0.035, colour: ArrayLike | None = None) -> Pixels:
    """The last sheet: calm, dark paper under everything, grass along its edge. Returns its line."""
    near = mix(stage.palette.near, stage.palette.far, 0.06) if colour is None else colour
    line = rolling(stage, APRON, 0.018, 2.2)
    if tufts:
        grass(stage.canvas, stage.rng, line, near, tufts, tall * stage.unit)
    sheet(stage.canvas, line, shade(near, 0.03), shade(near, -0.05), rim=0.06)
    if stage.tall:  # the foot of a tall picture is deep: two more sheets keep it alive
        for k in (1, 2):
            lower = rolling(stage, APRON + 0.065 * k, 0.02, 2 + k)
            layer(stage.canvas, lower, shade(near, -0.022 * k), 0.05, 0.02)
    return line


def corners(stage: Stage, blossoms: int = 5) -> None:
    """Ferns and accent flowers in both lower corners."""
    p, rng, unit = stage.palette, stage.rng, stage.unit
    leaf = mix(p.near, p.far, 0.16 if not p.dark else 0.08)
    for sign, edge in ((1, 0.0), (-1, float(stage.width))):
        for k in range(4):
            root = (edge + sign * unit * 0.02 * k, stage.height * 1.01)
            turn = -np.pi / 2 + sign * (0.05 + 0.33 * k)
            fern(stage.canvas, rng, root, turn, unit * rng.uniform(0.17, 0.27), shade(leaf, 0.05 - 0.025 * k))
        for k in range(blossoms):
            x = edge + sign * rng.uniform(0.0, 1.0) * min(unit * 0.24, stage.width * 0.13)
            y = stage.height * rng.uniform(0.89, 0.98)
            petal = mix(p.accent, p.sun, 0.15 + 0.3 * (k % 2))
            flower(stage.canvas, rng, x, y, unit * rng.uniform(0.010, 0.016), petal, mix(p.sun, "#ffffff", 0.2))


def sheets(stage: Stage, count: int, lightest: float = 0.0) -> list[Colour]:
    """Paper from far to near, evenly in OKLab."""
    p = stage.palette
    return [p.paper(lightest + (1 - lightest) * k / (count - 1)) for k in range(count)]


def trees(stage: Stage, line: Pixels, colour: ArrayLike, height: float, count: int, firs: bool) -> None:
    """A few groups of small trees along a ridge; `height` in units."""
    rng = stage.rng
    groups = rng.uniform(0.04, 0.96, 3)
    for _ in range(count):
        x = float(np.clip(rng.choice(groups) + rng.normal(0, 0.06), 0.01, 0.99)) * stage.width
        tall = stage.unit * height * rng.uniform(0.7, 1.35)
        (pine if firs else round_tree)(stage.canvas, x, crown(line, x) + 3, tall, colour)
