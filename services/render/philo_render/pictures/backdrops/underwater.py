"""Below the surface: rays from above, weeds on four reefs, bubbles."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop, Grade
from philo_render.pictures.backdrops.space import ADRIFT
from philo_render.pictures.composition import Stance
from philo_render.pictures.landscape import crown, rolling
from philo_render.pictures.living import under_water
from philo_render.pictures.painting.colour import mix
from philo_render.pictures.painting.paper import layer
from philo_render.pictures.painting.shapes import band
from philo_render.pictures.painting.sky import Glow, paint_sky
from philo_render.pictures.painting.weather import bubbles, shafts
from philo_render.pictures.scenery import apron, sheets
from philo_render.pictures.stage import Stage


def paint(stage: Stage) -> Iterator[None]:
    p, canvas, rng = stage.palette, stage.canvas, stage.rng
    paint_sky(canvas, p.sky, rng, (Glow(0.5, -0.1, 1.0, p.sun, 0.75),), None, stage.y(0.8) / stage.height)
    shafts(canvas, rng, stage.side(0.55), p.sun, 0.26)
    papers = sheets(stage, 5)
    for k in range(3):
        line = rolling(stage, 0.64 + 0.055 * k, 0.07 - 0.01 * k, 3.0 + k, 4, 0.5)
        for _ in range(9):
            x = rng.uniform(0, 1) * stage.width
            hue = mix(
                papers[k + 1],
                ("#e0736b", "#f0a35e", "#4fb3a0")[int(rng.integers(0, 3))],
                0.30 if rng.random() < 0.35 else 0,
            )
            _weed(stage, x, crown(line, x) + 8, stage.unit * rng.uniform(0.08, 0.2) * (1 + 0.2 * k), hue)
        layer(canvas, line, papers[k], 0.10, 0.03)
    bubbles(canvas, rng, stage.y(0.76))
    yield
    apron(stage, tufts=60, tall=0.06)


def _weed(stage: Stage, x: float, base: float, height: float, colour: object) -> None:
    t = np.linspace(0, 1, 24)
    sway = x + np.sin(t * 5 + stage.rng.uniform(0, 6)) * height * 0.09 * t
    stage.canvas.polygon(band(sway, base - height * t, stage.unit * 0.010 * (1 - t) ** 0.6), np.asarray(colour))


BACKDROP = Backdrop(
    "underwater",
    paint,
    palettes=("abyss",),
    seating=ADRIFT,
    stance=Stance.FLOAT,
    admits=under_water,
    grade=Grade(tint=0.45, ink=0.0),
    indoor=True,
)
