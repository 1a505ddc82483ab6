"""Farmland: strips of crops that run to the horizon, a barn, wind turbines when the words ask for power."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.landscape import crown, rolling
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import Pixels, mix, shade
from philo_render.pictures.painting.paper import layer, mist
from philo_render.pictures.painting.plants import grass
from philo_render.pictures.painting.shapes import band, disc, slab
from philo_render.pictures.scenery import apron, open_sky, trees
from philo_render.pictures.stage import Stage


def paint(stage: Stage) -> Iterator[None]:
    open_sky(stage)
    p, canvas = stage.palette, stage.canvas
    hill = rolling(stage, 0.51, 0.035, 1.6)
    layer(canvas, hill, mix(p.paper(0.10), p.sky[2], 0.25), 0.1)
    if stage.has("turbines"):
        for place, tall in ((0.56, 0.30), (0.72, 0.40), (0.90, 0.26)):
            x = stage.side(place)
            _turbine(stage, x, crown(hill, x) + stage.unit * 0.03, stage.unit * tall)
    ground = rolling(stage, 0.565, 0.012, 1.4)
    trees(stage, ground, p.paper(0.45), 0.07, 10, firs=False)
    layer(canvas, ground, mix(p.paper(0.30), "#d9a441", _ripe(stage)), 0.1)
    _furrows(stage, ground)
    if not stage.has("turbines"):
        _barn(stage, stage.side(0.80), float(ground.mean()) + stage.unit * 0.03, stage.unit * 0.13)
    mist(canvas, float(ground.mean()), stage.height * 0.02, p.sky[2], 0.22)
    yield
    line = apron(stage, tufts=0)
    wheat = mix(p.near, "#d9a441", 0.25 if stage.dark else 0.45)
    grass(canvas, stage.rng, line, wheat, 200, 0.05 * stage.unit)


def _ripe(stage: Stage) -> float:
    return 0.18 if stage.dark else 0.42


def _furrows(stage: Stage, ground: Pixels) -> None:
    """Alternate strips fan out from a point on the horizon."""
    p, top, low = stage.palette, float(ground.mean()), stage.y(0.90)
    far, t = stage.side(0.62), np.linspace(0, 1, 16)
    y = top + stage.unit * 0.012 + (low - top) * t
    for k in range(-9, 10):
        tone = mix(mix(p.paper(0.55), "#b9812f", _ripe(stage)), p.near, 0.10 + 0.06 * (k % 3))
        x = far + k * stage.unit * (0.030 + 0.36 * t**1.3)
        stage.canvas.polygon(
            band(x, y, stage.unit * (0.006 + 0.085 * t**1.3)), shade(tone, 0.02), 0.85, shade(tone, -0.05)
        )


def _barn(stage: Stage, x: float, base: float, size: float) -> None:
    p, canvas = stage.palette, stage.canvas
    red, roof = mix("#a8443a", p.near, 0.40 if stage.dark else 0.12), mix("#5b4a52", p.near, 0.4)
    wall = [(x - size, base), (x - size, base - size * 0.75), (x, base - size * 1.35), (x + size, base - size * 0.75)]
    canvas.polygon([*wall, (x + size, base)], red, foot=shade(red, -0.07), shadow=Shadow(0, 0, stage.unit * 0.012, 0.3))
    eaves = [(x - size * 1.12, base - size * 0.70), (x, base - size * 1.42), (x + size * 1.12, base - size * 0.70)]
    canvas.line(eaves, size * 0.13, roof)
    slab(canvas, (x - size * 0.36, base - size * 0.62, x + size * 0.36, base), 2, mix(red, p.sun, 0.75), 0.9)
    canvas.line([(x - size * 0.36, base), (x + size * 0.36, base - size * 0.62)], size * 0.06, red)
    canvas.line([(x + size * 0.36, base), (x - size * 0.36, base - size * 0.62)], size * 0.06, red)


def _turbine(stage: Stage, x: float, base: float, height: float) -> None:
    canvas, hub = stage.canvas, base - height
    steel: ArrayLike = mix("#ffffff", stage.palette.sky[1], 0.12 if not stage.dark else 0.55)
    canvas.polygon(band([x, x], [base, hub], [height * 0.022, height * 0.010]), steel, foot=shade(steel, -0.08))
    start, t = float(stage.rng.uniform(0, 2.09)), np.linspace(0, 1, 12)
    for k in range(3):
        turn = start + k * 2.094
        along = height * 0.46 * t
        wide = height * 0.020 * (1 - t) ** 0.7 + height * 0.003
        x0, y0 = x + along * np.cos(turn), hub + along * np.sin(turn)
        canvas.polygon(band(x0, y0, wide * abs(np.sin(turn)), wide * np.cos(turn)), steel, shadow=stage.cast(0.2))
    disc(canvas, x, hub, height * 0.022, shade(steel, -0.06))


BACKDROP = Backdrop("field", paint, palettes=("honey", "meadow", "lagoon"), night=("midnight",), weather=True)
