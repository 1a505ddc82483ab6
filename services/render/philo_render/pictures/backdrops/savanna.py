"""The savanna: a low huge sun, flat land, umbrella trees."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.landscape import crown, rolling
from philo_render.pictures.painting.colour import mix, shade
from philo_render.pictures.painting.paper import layer, mist
from philo_render.pictures.painting.shapes import arc, band
from philo_render.pictures.scenery import apron, open_sky
from philo_render.pictures.stage import Stage


def paint(stage: Stage) -> Iterator[None]:
    stage.sun = (stage.side(0.68), stage.y(0.40))
    open_sky(stage, clouds=2, birds=5, radius=0.15)
    p, canvas = stage.palette, stage.canvas
    grass = mix(p.far, "#c98a3c", 0.0 if stage.dark else 0.35)
    places = ((0.12, 0.55, 0.93), (0.86, 0.04), (0.80,))
    for k in range(3):
        line = rolling(stage, 0.585 + 0.065 * k, 0.012, 1.5 + k)
        paper = mix(grass, p.near, 0.06 + 0.24 * k)
        for place in places[k]:
            x = stage.side(place + float(stage.rng.uniform(-0.03, 0.03)))
            acacia(stage, x, crown(line, x) + 4, stage.unit * (0.10 + 0.11 * k), mix(paper, p.near, 0.55))
        layer(canvas, line, paper, 0.12)
        mist(canvas, float(line.mean()) + stage.height * 0.03, stage.height * 0.025, p.sky[2], 0.20)
    yield
    apron(stage, tufts=190, tall=0.05)


def acacia(stage: Stage, x: float, base: float, height: float, colour: ArrayLike) -> None:
    """A forked stem below flat clouds of leaves."""
    canvas, t = stage.canvas, np.linspace(0, 1, 14)
    for lean in (-0.34, 0.05, 0.40):
        bough = band(x + lean * height * t**1.8, base - height * 0.84 * t, height * (0.035 - 0.022 * t))
        canvas.polygon(bough, shade(colour, -0.03))
    for aside, up, wide in ((-0.36, 0.80, 0.34), (0.42, 0.82, 0.36), (0.04, 0.92, 0.46)):
        top = base - height * up
        leaves = arc(x + aside * height, top, wide * height, height * 0.13, 180, 360)
        under = arc(x + aside * height, top, wide * height, height * 0.035, 0, 180)
        canvas.polygon(np.concatenate([leaves, under]), shade(colour, 0.04), foot=shade(colour, -0.03))


BACKDROP = Backdrop("savanna", paint, palettes=("dune", "honey", "ember"), night=("rose", "midnight"), weather=True)
