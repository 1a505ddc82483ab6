"""A calm shelf: a wall with one big shape, podiums for the things that are spoken of, leaves for life."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import ArrayLike

from philo_render.pictures.backdrop import Backdrop, Seat, Seating, Seats
from philo_render.pictures.composition import Stance
from philo_render.pictures.living import on_a_shelf
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import mix, shade
from philo_render.pictures.painting.paper import flat, sheet
from philo_render.pictures.painting.plants import fern
from philo_render.pictures.painting.raster import points
from philo_render.pictures.painting.shapes import arc, disc, slab
from philo_render.pictures.painting.sky import Glow, paint_sky
from philo_render.pictures.scenery import apron
from philo_render.pictures.stage import Stage

_FLOOR = 0.695
SHELF = Seating(
    wide=Seats((Seat(0.36, 0.772, 0.38), Seat(0.63, 0.782, 0.24), Seat(0.115, 0.785, 0.20))),
    tall=Seats((Seat(0.50, 0.742, 0.52), Seat(0.22, 0.785, 0.25), Seat(0.79, 0.785, 0.23))),
)


def paint(stage: Stage, on_the_wall: Callable[[Stage], None] | None = None) -> Iterator[None]:
    p, canvas = stage.palette, stage.canvas
    light = Glow(stage.hero_x() / stage.width, 0.25, 0.9, p.sun, 0.45)
    paint_sky(canvas, (shade(p.sky[0], -0.02), p.sky[1], p.sky[2]), stage.rng, (light,))
    if on_the_wall:
        on_the_wall(stage)
    shapes = (_arch, _disc, _arches, _sunset, _window)
    shapes[int(stage.rng.integers(0, len(shapes)))](stage)
    _ornament(stage)
    floor = p.paper(0.55) if stage.dark else mix(p.sky[2], p.far, 0.55)
    sheet(canvas, flat(canvas, stage.y(_FLOOR)), shade(floor, 0.03), shade(floor, -0.10), 0.16, 0.03, 0.15, 0.2)
    _leaves(stage)
    yield
    apron(stage, tufts=0, colour=mix(p.near, p.far, 0.10))


def _tones(stage: Stage) -> tuple[ArrayLike, ArrayLike, ArrayLike]:
    p = stage.palette
    return mix(p.far, p.sky[1], 0.15), mix(p.accent, p.sky[1], 0.30), mix(p.near, p.sky[1], 0.45)


def _hero(stage: Stage) -> float:
    return stage.side(0.36) if not stage.tall else 0.5 * stage.width


def _soft(stage: Stage) -> Shadow:
    return Shadow(stage.unit * 0.01, stage.unit * 0.014, stage.unit * 0.03, 0.22)


def _vault(stage: Stage, half: float, height: float, colour: ArrayLike) -> None:
    x, foot = _hero(stage), stage.y(_FLOOR) + 5
    top = foot - height
    outline = np.concatenate(
        [points([[x - half, foot]]), arc(x, top, half, half, 180, 360), points([[x + half, foot]])]
    )
    stage.canvas.polygon(outline, colour, foot=shade(colour, -0.05), shadow=_soft(stage))


def _arch(stage: Stage) -> None:
    far, warm, _ = _tones(stage)
    _vault(stage, stage.unit * 0.33, stage.unit * 0.28, far)
    _vault(stage, stage.unit * 0.25, stage.unit * 0.24, warm)


def _arches(stage: Stage) -> None:
    far, warm, deep = _tones(stage)
    for k, colour in enumerate((deep, far, warm)):
        _vault(stage, stage.unit * (0.42 - 0.10 * k), stage.unit * (0.20 - 0.01 * k), colour)


def _disc(stage: Stage) -> None:
    far, warm, _ = _tones(stage)
    aside = stage.unit * (0.28 if stage.left else -0.28)
    disc(
        stage.canvas, _hero(stage), stage.y(0.40), stage.unit * 0.33, warm, foot=shade(warm, -0.07), shadow=_soft(stage)
    )
    disc(
        stage.canvas,
        _hero(stage) + aside,
        stage.y(0.56),
        stage.unit * 0.17,
        far,
        foot=shade(far, -0.05),
        shadow=_soft(stage),
    )


def _sunset(stage: Stage) -> None:
    far, warm, _ = _tones(stage)
    for k in range(4):
        colour = mix(far, warm, k / 3)
        disc(
            stage.canvas,
            _hero(stage),
            stage.y(_FLOOR),
            stage.unit * (0.56 - 0.11 * k),
            colour,
            foot=shade(colour, -0.05),
            shadow=_soft(stage),
        )


def _window(stage: Stage) -> None:
    far, warm, _ = _tones(stage)
    x, u = _hero(stage), stage.unit
    slab(
        stage.canvas,
        (x - u * 0.36, stage.y(0.10), x + u * 0.36, stage.y(_FLOOR) + 5),
        u * 0.05,
        far,
        foot=shade(far, -0.06),
        shadow=_soft(stage),
    )
    disc(stage.canvas, x + u * 0.12, stage.y(0.28), u * 0.13, warm, shadow=_soft(stage))


def _ornament(stage: Stage) -> None:
    """A dot grid, rings or ripples on the calm side."""
    canvas, u, p = stage.canvas, stage.unit, stage.palette
    x, y = stage.side(0.82), stage.y(0.28 if not stage.tall else 0.14)
    ink, kind = mix(p.near, p.sky[1], 0.5), int(stage.rng.integers(0, 3))
    for k in range(3):
        if kind == 0:
            for i in range(6):
                disc(canvas, x + (i - 2.5) * u * 0.03, y + (k - 1) * u * 0.03, u * 0.0045, ink)
        elif kind == 1:
            canvas.line(arc(x, y, u * (0.05 + 0.028 * k), u * (0.05 + 0.028 * k)), u * 0.0025, ink, 0.8)
        else:
            t = np.linspace(0, 1, 80)
            ripple = np.stack([x + (t - 0.5) * u * 0.22, y + (k - 1) * u * 0.035 + np.sin(t * 18.8) * u * 0.009], 1)
            canvas.line(ripple, u * 0.0035, mix(p.accent, p.sky[1], 0.25), 0.9)


def _leaves(stage: Stage) -> None:
    lean, leaf = (-1 if stage.left else 1), mix(stage.palette.near, "#2f5d50", 0.35)
    for k in range(3):
        turn = -np.pi / 2 + lean * (-0.2 + 0.42 * k)
        fern(
            stage.canvas,
            stage.rng,
            (stage.side(0.97), stage.y(0.84)),
            turn,
            stage.unit * stage.rng.uniform(0.20, 0.28),
            leaf,
        )


BACKDROP = Backdrop("studio", paint, indoor=True, seating=SHELF, stance=Stance.PODIUM, admits=on_a_shelf)
