"""A tiled wall, a shelf of jars, a hanging lamp, a wooden top."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop, Seat, Seating, Seats
from philo_render.pictures.living import on_a_shelf
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import mix, shade
from philo_render.pictures.painting.paper import flat, sheet
from philo_render.pictures.painting.shapes import arc, slab
from philo_render.pictures.painting.sky import Glow, paint_sky
from philo_render.pictures.scenery import apron
from philo_render.pictures.stage import Stage


def paint(stage: Stage) -> Iterator[None]:
    p, canvas = stage.palette, stage.canvas
    paint_sky(canvas, (shade(p.sky[0], -0.02), p.sky[1], p.sky[2]), stage.rng, (Glow(0.5, 0.2, 0.9, p.sun, 0.5),))
    _tiles(stage)
    if not stage.tall:
        _shelf(stage)
    _lamp(stage)
    wood = mix("#c98d58", p.near, 0.18)
    top = stage.y(0.655)
    sheet(canvas, flat(canvas, top), shade(wood, 0.07), shade(wood, -0.10), 0.22, 0.03, 0.25, 0.2)
    for k in range(1, 4):
        y = top + (stage.y(0.81) - top) * k / 4
        canvas.line([(0, y), (stage.width, y)], stage.unit * 0.002, shade(wood, -0.12), 0.35)
    yield
    apron(stage, tufts=0, colour=mix(shade(wood, -0.34), p.near, 0.45))


def _tiles(stage: Stage) -> None:
    canvas, unit, p = stage.canvas, stage.unit, stage.palette
    size, grout = unit * 0.085, mix(p.sky[1], p.near, 0.16)
    for row, y in enumerate(np.arange(0, stage.y(0.655), size)):
        canvas.line([(0, y), (stage.width, y)], unit * 0.002, grout, 0.35)
        for x in np.arange(-size + size * (row % 2), stage.width + size, 2 * size):
            canvas.line([(x, y), (x, y + size)], unit * 0.002, grout, 0.35)


def _shelf(stage: Stage) -> None:
    canvas, unit, p, rng = stage.canvas, stage.unit, stage.palette, stage.rng
    start, end = sorted((stage.side(0.55), stage.side(0.97)))
    y = stage.y(0.305)
    slab(canvas, (start, y, end, y + unit * 0.018), 6, p.paper(0.65), shadow=Shadow(0, unit * 0.012, unit * 0.014, 0.3))
    x = start + unit * 0.05
    while x < end - unit * 0.08:
        w, h = unit * rng.uniform(0.04, 0.065), unit * rng.uniform(0.07, 0.13)
        glaze = mix((p.accent, p.far, p.near, "#f3e6d0")[int(rng.integers(0, 4))], "#ffffff", 0.12)
        jar = (x, y - h, x + w, y)
        slab(canvas, jar, w * 0.2, glaze, foot=shade(glaze, -0.08), shadow=Shadow(unit * 0.004, 0, unit * 0.008, 0.2))
        slab(canvas, (x + w * 0.1, y - h - w * 0.16, x + w * 0.9, y - h + 2), 3, shade(glaze, -0.14))
        x += w + unit * rng.uniform(0.015, 0.05)


def _lamp(stage: Stage) -> None:
    canvas, unit, p = stage.canvas, stage.unit, stage.palette
    x, y = stage.hero_x(), stage.y(0.165)
    canvas.line([(x, 0), (x, y - unit * 0.07)], unit * 0.004, p.near)
    canvas.glow(x, stage.y(0.30), unit * 0.42, "#fff0c2", 0.5, "screen")
    shadow = Shadow(0, unit * 0.01, unit * 0.01, 0.2)
    canvas.polygon(
        arc(x, y, unit * 0.085, unit * 0.085, 180, 360), p.accent, foot=shade(p.accent, -0.08), shadow=shadow
    )


BACKDROP = Backdrop(
    "kitchen",
    paint,
    indoor=True,
    admits=on_a_shelf,
    seating=Seating(
        wide=Seats((Seat(0.34, 0.785, 0.42), Seat(0.60, 0.788, 0.25), Seat(0.15, 0.79, 0.20), Seat(0.76, 0.79, 0.18))),
        tall=Seats((Seat(0.50, 0.77, 0.58), Seat(0.20, 0.788, 0.26), Seat(0.82, 0.788, 0.24))),
    ),
)
