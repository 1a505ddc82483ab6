"""Inside a tower: a stair winds up round the wall, one small window, warm light where the lantern is."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop, Seat, Seating, Seats
from philo_render.pictures.living import in_a_room
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import Colour, mix, shade
from philo_render.pictures.painting.paper import flat, sheet
from philo_render.pictures.painting.raster import points
from philo_render.pictures.painting.shapes import arc, slab
from philo_render.pictures.painting.sky import Glow, paint_sky
from philo_render.pictures.painting.weather import sparks
from philo_render.pictures.scenery import apron
from philo_render.pictures.stage import Stage

_STEPS = 13


def paint(stage: Stage) -> Iterator[None]:
    p, canvas = stage.palette, stage.canvas
    wall = mix(mix(p.near, p.far, 0.55), "#6b4a4a", 0.12)
    hero = Glow(_climber(stage) / stage.width, stage.y(0.42) / stage.height, 0.72, "#ffb85e", 0.80)
    paint_sky(canvas, (shade(wall, -0.08), wall, shade(wall, 0.04)), stage.rng, (hero,))
    _stones(stage, wall)
    _window(stage, wall)
    canvas.glow(_climber(stage), stage.y(0.40), stage.unit * 0.52, "#ffab52", 0.42, "screen")
    _flight(stage, wall)
    sheet(canvas, flat(canvas, stage.y(0.772)), shade(wall, -0.02), shade(wall, -0.10), rim=0.18)
    yield
    apron(stage, tufts=0)
    stage.moves("sparks", lambda rng: sparks(canvas, rng, "#ffc36b", 16, stage.y(0.76) / stage.height))


def _climber(stage: Stage) -> float:
    return stage.side(0.36) if not stage.tall else 0.5 * stage.width


def _stones(stage: Stage, wall: Colour) -> None:
    rng, unit = stage.rng, stage.unit
    tall = unit * 0.062
    for row in range(int(stage.y(0.78) / tall) + 1):
        x = -rng.uniform(0, 0.1) * unit
        while x < stage.width:
            wide = unit * rng.uniform(0.10, 0.19)
            box = (x + 2, row * tall + 2, x + wide - 2, (row + 1) * tall - 2)
            slab(stage.canvas, box, unit * 0.008, shade(wall, rng.uniform(-0.035, 0.035)), 0.38)
            x += wide


def _window(stage: Stage, wall: Colour) -> None:
    """A round-headed window on a stormy or starry night."""
    p, canvas, unit = stage.palette, stage.canvas, stage.unit
    x, y, half = stage.side(0.13 if not stage.tall else 0.20), stage.y(0.25), unit * 0.085

    def outline(grow: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        w = half + grow
        return points(
            np.concatenate(
                [arc(x, y, w, w, 180, 360), [[x + w, y + unit * 0.17 + grow], [x - w, y + unit * 0.17 + grow]]]
            )
        )

    canvas.polygon(outline(unit * 0.022), shade(wall, 0.09), shadow=Shadow(0, unit * 0.01, unit * 0.02, 0.35))
    canvas.polygon(outline(0), p.sky[0], foot=p.sky[2])
    canvas.glow(x, y, unit * 0.10, p.sun, 0.35, "screen")
    frame = shade(wall, -0.10)
    canvas.line([(x, y - half), (x, y + unit * 0.17)], unit * 0.008, frame)
    canvas.line([(x - half, y + unit * 0.03), (x + half, y + unit * 0.03)], unit * 0.008, frame)


def _flight(stage: Stage, wall: Colour) -> None:
    """Steps that rise from the hero to the far side and turn out of sight."""
    canvas, unit = stage.canvas, stage.unit
    way = 1 if stage.left else -1
    wood, steps = mix(wall, "#9a6238", 0.55), _STEPS + (8 if stage.width > stage.height else 0)
    run, rise, below = (unit * 0.088, unit * 0.046, 3.5) if not stage.tall else (unit * 0.075, unit * 0.070, 1.5)
    start = _climber(stage) - way * run * below
    base = stage.y(0.775)
    for k in reversed(range(steps)):
        x, y = start + way * run * k, base - rise * (k + 1)
        x0, x1 = sorted((x, x + way * run * 1.06))
        near = 1 - k / steps
        tread = mix(shade(wood, -0.12), shade(wood, 0.06), near)
        slab(canvas, (x0, y, x1, base + 4), 2, shade(tread, -0.10), foot=shade(wall, -0.08))
        slab(canvas, (x0 - 3, y, x1 + 3, y + rise * 0.26), 2, tread, shadow=Shadow(0, unit * 0.006, unit * 0.008, 0.3))
    rail = [(start + way * run * (k + 0.5), base - rise * (k + 1) - unit * 0.20) for k in range(2, steps)]
    for k, (x, y) in enumerate(rail):
        canvas.line([(x, y), (x, y + unit * 0.20)], unit * 0.006, shade(wood, -0.16 + 0.004 * k))
    canvas.line(rail, unit * 0.014, shade(wood, 0.02))


_WIDE = Seats((Seat(0.36, 0.594, 0.40), Seat(0.14, 0.785, 0.24)), (Seat(0.62, 0.3, 0.16),))
BACKDROP = Backdrop(
    "stairs",
    paint,
    palettes=("lamplight", "midnight"),
    indoor=True,
    admits=in_a_room,
    lamplit=True,
    seating=Seating(_WIDE, Seats((Seat(0.50, 0.684, 0.48),), (Seat(0.3, 0.3, 0.2),))),
)
