"""Four walls of firs in mist, a glade for the hero, rays of light."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.landscape import crown, rolling
from philo_render.pictures.painting.colour import mix, shade
from philo_render.pictures.painting.paper import layer, mist
from philo_render.pictures.painting.plants import fern, pine
from philo_render.pictures.painting.weather import shafts, sparks
from philo_render.pictures.scenery import apron, open_sky
from philo_render.pictures.stage import Stage


def paint(stage: Stage) -> Iterator[None]:
    p, canvas = stage.palette, stage.canvas
    open_sky(stage, clouds=0, birds=0, radius=0.10, apart=False)
    for k in range(4):
        _wall(stage, k)
        fog = mix(p.sky[2], p.sun, 0.4)
        mist(canvas, stage.y(0.54 + 0.065 * k), stage.height * 0.06, fog, (0.30 if stage.dark else 0.38) - 0.08 * k)
    shafts(canvas, stage.rng, stage.sun[0], p.sun, 0.10 if stage.dark else 0.20)
    yield
    apron(stage, tufts=170, tall=0.05)
    _undergrowth(stage)
    if stage.dark:
        stage.moves("sparks", lambda rng: sparks(canvas, rng, p.accent, 26, stage.y(0.78) / stage.height))


def _wall(stage: Stage, k: int) -> None:
    p, rng = stage.palette, stage.rng
    colour = mix(mix(p.sky[2], p.far, 0.55 + 0.15 * k), p.near, 0.05 + 0.27 * k)
    line = rolling(stage, 0.56 + 0.065 * k, 0.03, 2.0 + k)
    count = max(5, int((16 - 2.8 * k) * max(0.5, stage.width / stage.height / 1.78)))
    for j in range(count):
        x = (j + 0.5 + rng.uniform(-0.4, 0.4)) / count * stage.width
        tall = stage.unit * (0.20 + 0.125 * k) * rng.uniform(0.75, 1.25)
        in_glade = k >= 2 and abs(x - stage.hero_x()) < stage.width * 0.21
        if not in_glade:
            pine(stage.canvas, x, crown(line, x) + 6, tall, colour)
    layer(stage.canvas, line, colour, 0.06, 0.025)


def _undergrowth(stage: Stage) -> None:
    for sign, edge in ((1, 0.0), (-1, float(stage.width))):
        for k in range(3):
            turn = -np.pi / 2 + sign * (0.25 + 0.38 * k)
            leaf = shade(mix(stage.palette.near, stage.palette.far, 0.12), 0.05 - 0.02 * k)
            root = (edge + sign * 0.02 * stage.unit, stage.y(1.0 - 0.04 * k))
            fern(stage.canvas, stage.rng, root, turn, stage.unit * stage.rng.uniform(0.20, 0.30), leaf)


BACKDROP = Backdrop("forest", paint, night=("polar", "midnight"), weather=True)
