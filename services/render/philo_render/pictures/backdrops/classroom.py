"""A classroom: the board with chalk drawings, a clock, a desk along the foot."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop, Seat, Seating, Seats
from philo_render.pictures.living import in_a_room
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import Colour, mix, shade
from philo_render.pictures.painting.paper import flat, sheet
from philo_render.pictures.painting.shapes import arc, disc, slab
from philo_render.pictures.painting.sky import Glow, paint_sky
from philo_render.pictures.scenery import apron
from philo_render.pictures.stage import Stage

_FLOOR = 0.70


def paint(stage: Stage) -> Iterator[None]:
    p, canvas, u = stage.palette, stage.canvas, stage.unit
    wall = p.paper(0.40) if stage.dark else mix(p.far, p.sky[1], 0.55)
    lamp = Glow(stage.hero_x() / stage.width, 0.3, 0.8, p.sun, 0.3)
    paint_sky(canvas, (shade(wall, -0.04), wall, shade(wall, 0.05)), stage.rng, (lamp,))
    ends = (0.44, 0.95) if not stage.tall else (0.08, 0.92)
    left, right = sorted((stage.side(ends[0]), stage.side(ends[1])))
    _board(stage, left, stage.y(0.12), right, stage.y(0.50))
    if not stage.tall:
        _clock(stage, stage.side(0.24), stage.y(0.20), u * 0.075)
        _bunting(stage, wall)
    wood = mix(mix("#b07a4e", p.near, 0.5 if stage.dark else 0.18), p.far, 0.1)
    sheet(canvas, flat(canvas, stage.y(_FLOOR)), shade(wood, 0.07), shade(wood, -0.10), 0.28, 0.03, 0.22, 0.2)
    yield
    apron(stage, tufts=0, colour=mix(p.near, shade(wood, -0.3), 0.4))


def _board(stage: Stage, x0: float, y0: float, x1: float, y1: float) -> None:
    canvas, u, p = stage.canvas, stage.unit, stage.palette
    frame, slate = mix("#9a6a42", p.near, 0.25), mix("#24493f", p.near, 0.3)
    edge = u * 0.018
    shadow = Shadow(0, u * 0.014, u * 0.022, 0.32)
    slab(canvas, (x0 - edge, y0 - edge, x1 + edge, y1 + edge), u * 0.012, frame, shadow=shadow)
    slab(canvas, (x0, y0, x1, y1), 2, shade(slate, 0.03), foot=shade(slate, -0.03))
    slab(canvas, (x0, y1 + edge, x1, y1 + edge * 1.8), 2, shade(frame, -0.06))
    chalk = mix("#f4f3ea", slate, 0.12)
    drawings = (_triangle, _plot, _planets)
    start = int(stage.rng.integers(0, 3))
    for k in range(2):
        x = x0 + (x1 - x0) * (0.26 + 0.48 * k)
        drawings[(start + k) % 3](stage, x, (y0 + y1) / 2, min((y1 - y0) * 0.34, (x1 - x0) * 0.19), chalk)


def _triangle(stage: Stage, x: float, y: float, r: float, chalk: Colour) -> None:
    corner = [(x - r, y + r * 0.8), (x + r, y + r * 0.8), (x + r, y - r * 0.8), (x - r, y + r * 0.8)]
    stage.canvas.line(corner, stage.unit * 0.005, chalk, 0.85)
    square = [(x + r * 0.8, y + r * 0.8), (x + r * 0.8, y + r * 0.6), (x + r, y + r * 0.6)]
    stage.canvas.line(square, stage.unit * 0.003, chalk, 0.8)
    stage.canvas.line(arc(x - r, y + r * 0.8, r * 0.4, r * 0.4, -40, 0), stage.unit * 0.003, stage.palette.accent, 0.9)


def _plot(stage: Stage, x: float, y: float, r: float, chalk: Colour) -> None:
    stage.canvas.line([(x - r, y - r), (x - r, y + r * 0.9), (x + r, y + r * 0.9)], stage.unit * 0.004, chalk, 0.85)
    t = np.linspace(0, 1, 50)
    curve = np.stack([x - r + 1.9 * r * t, y + r * 0.8 - 1.5 * r * (0.5 - 0.5 * np.cos(t * 4.4)) * (0.6 + 0.4 * t)], 1)
    stage.canvas.line(curve, stage.unit * 0.005, mix(stage.palette.accent, chalk, 0.3), 0.9)


def _planets(stage: Stage, x: float, y: float, r: float, chalk: Colour) -> None:
    disc(stage.canvas, x, y, r * 0.20, mix(stage.palette.accent, chalk, 0.3), 0.9)
    for k, turn in enumerate((0.6, 2.4, 4.4)):
        reach = r * (0.45 + 0.28 * k)
        stage.canvas.line(arc(x, y, reach, reach * 0.8), stage.unit * 0.0025, chalk, 0.6)
        disc(stage.canvas, x + reach * np.cos(turn), y + reach * 0.8 * np.sin(turn), r * (0.07 + 0.02 * k), chalk, 0.9)


def _clock(stage: Stage, x: float, y: float, r: float) -> None:
    p, canvas = stage.palette, stage.canvas
    disc(canvas, x, y, r * 1.12, mix(p.near, "#ffffff", 0.1), shadow=Shadow(0, r * 0.12, r * 0.2, 0.3))
    disc(canvas, x, y, r, mix("#fff8ea", p.sun, 0.2))
    for length, turn in ((0.5, -0.9), (0.75, 0.6)):
        canvas.line([(x, y), (x + r * length * np.sin(turn), y - r * length * np.cos(turn))], r * 0.09, p.near)
    disc(canvas, x, y, r * 0.09, p.accent)


def _bunting(stage: Stage, wall: Colour) -> None:
    """Paper flags along the ceiling."""
    p, canvas, u = stage.palette, stage.canvas, stage.unit
    t = np.linspace(0, 1, 60)
    x, y = t * stage.width, stage.y(0.015) + u * 0.06 * np.sin(np.pi * ((t * 2) % 1))
    canvas.line(np.stack([x, y], 1), u * 0.002, mix(p.near, wall, 0.4))
    inks = (p.accent, p.far, mix(p.sun, p.accent, 0.3), mix(p.near, p.far, 0.5))
    for k in range(17):
        at, spot = (k + 0.5) / 17, k % 4
        px, py = at * stage.width, float(np.interp(at, t, y))
        flag = [(px - u * 0.028, py), (px + u * 0.028, py), (px, py + u * 0.06)]
        canvas.polygon(flag, mix(inks[spot], wall, 0.12), shadow=Shadow(0, u * 0.004, u * 0.006, 0.2))


BACKDROP = Backdrop(
    "classroom",
    paint,
    palettes=("cream", "sage", "dusty", "honey"),
    night=("lamplight",),
    admits=in_a_room,
    lamplit=True,
    seating=Seating(
        wide=Seats((Seat(0.26, 0.775, 0.40), Seat(0.66, 0.785, 0.22), Seat(0.84, 0.785, 0.17))),
        tall=Seats((Seat(0.50, 0.775, 0.50), Seat(0.20, 0.785, 0.24), Seat(0.80, 0.785, 0.22))),
    ),
)
