"""Industry: saw-tooth halls, chimneys, tanks and their smoke."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.landscape import rolling
from philo_render.pictures.living import SWIMMERS, VESSELS
from philo_render.pictures.pack import Icon, Kind
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import mix, shade
from philo_render.pictures.painting.paper import flat, layer, mist, sheet
from philo_render.pictures.painting.shapes import arc, band, slab
from philo_render.pictures.scenery import apron, open_sky
from philo_render.pictures.stage import Stage

_GROUND = 0.70


def paint(stage: Stage) -> Iterator[None]:
    p, canvas = stage.palette, stage.canvas
    stage.sun = (stage.side(0.42), stage.y(0.34))
    open_sky(stage, clouds=0, birds=3, radius=0.11, apart=False)
    layer(canvas, rolling(stage, 0.55, 0.03, 2), mix(p.paper(0.1), p.sky[2], 0.3), 0.1)
    for place, tall in ((0.52, 0.34), (0.60, 0.42), (0.94, 0.30)):
        _chimney(stage, stage.side(place), stage.unit * tall, mix(p.paper(0.25), p.sky[2], 0.15))
    mist(canvas, stage.y(0.60), stage.height * 0.05, p.sky[2], 0.35)
    _cooling_tower(stage, stage.side(0.14), stage.unit * 0.30, mix(p.paper(0.30), p.sky[2], 0.1))
    _chimney(stage, stage.side(0.76), stage.unit * 0.52, p.paper(0.5))
    _hall(stage, sorted((stage.side(0.52), stage.side(1.04))), p.paper(0.55))
    sheet(canvas, flat(canvas, stage.y(_GROUND)), p.paper(0.72), p.paper(0.85), 0.22, 0.012, 0.12, 0.2)
    yield
    apron(stage, tufts=0)


def _chimney(stage: Stage, x: float, height: float, colour: ArrayLike) -> None:
    canvas, base, u = stage.canvas, stage.y(_GROUND), stage.unit
    top = base - height
    _smoke(stage, x, top)
    body = band([x, x], [base, top], [u * 0.022, u * 0.015])
    canvas.polygon(body, shade(colour, 0.03), foot=shade(colour, -0.06), shadow=Shadow(0, 0, u * 0.012, 0.25))
    for k in (0, 2):
        y = top + u * (0.012 + 0.022 * k)
        slab(canvas, (x - u * 0.017, y, x + u * 0.017, y + u * 0.018), 0, mix(stage.palette.accent, colour, 0.25))


def _smoke(stage: Stage, x: float, top: float) -> None:
    """A plume that leans with the wind."""
    p, rng, u = stage.palette, stage.rng, stage.unit
    grey = mix(p.cloud, p.far, 0.25) if not stage.dark else mix(p.sky[1], p.far, 0.5)
    lean = 1 if stage.left else -1
    for k in range(16):
        t = k / 15
        spot = (x + lean * t**1.5 * u * 0.24 + float(rng.normal(0, 0.006)) * u, top - t * u * 0.20)
        stage.canvas.glow(*spot, u * (0.016 + 0.055 * t), grey, 0.55 * (1 - t) ** 1.2)


def _cooling_tower(stage: Stage, x: float, height: float, colour: ArrayLike) -> None:
    canvas, base, t = stage.canvas, stage.y(_GROUND), np.linspace(0, 1, 20)
    _smoke(stage, x, base - height)
    wide = height * (0.36 - 0.42 * t + 0.30 * t**2)
    canvas.polygon(
        band(np.full(20, x), base - height * t, wide),
        shade(colour, 0.04),
        foot=shade(colour, -0.05),
        shadow=Shadow(0, 0, stage.unit * 0.015, 0.25),
    )
    canvas.polygon(arc(x, base - height, float(wide[-1]), height * 0.03), shade(colour, -0.12))


def _hall(stage: Stage, ends: list[float], colour: ArrayLike) -> None:
    """A row of saw-tooth roofs with lit panes."""
    canvas, u, base = stage.canvas, stage.unit, stage.y(_GROUND) + 3
    step, wall = u * 0.17, u * 0.13
    light = mix(stage.palette.sun, stage.palette.accent, 0.30 if stage.dark else 0.10)
    for k in range(int((ends[1] - ends[0]) / step) + 1):
        x = ends[0] + k * step
        tooth = [(x, base), (x, base - wall - u * 0.085), (x + step, base - wall), (x + step, base)]
        canvas.polygon(tooth, shade(colour, 0.02), foot=shade(colour, -0.07), shadow=Shadow(0, 0, u * 0.010, 0.25))
        for row in range(2):
            for column in range(3):
                left, top = x + step * (0.14 + 0.27 * column), base - wall * (0.82 - 0.40 * row)
                slab(
                    canvas,
                    (left, top, left + step * 0.18, top + wall * 0.26),
                    1,
                    light,
                    0.75 if (k + column) % 3 else 0.35,
                )


def _at_work(icon: Icon) -> bool:
    if icon.name in VESSELS or icon.name in SWIMMERS or icon.name == "factory":
        return False
    return icon.kind not in {Kind.ANIMAL, Kind.FOOD} and icon.family not in {49, 50, 51, 52}


BACKDROP = Backdrop("works", paint, palettes=("ember", "drizzle", "honey"), night=("midnight",), admits=_at_work)
