"""Above the clouds."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.backdrops.space import ADRIFT
from philo_render.pictures.composition import Stance
from philo_render.pictures.living import in_the_air
from philo_render.pictures.painting.colour import mix, shade
from philo_render.pictures.painting.paper import sheet
from philo_render.pictures.painting.sky import paint_cloud
from philo_render.pictures.scenery import apron, open_sky
from philo_render.pictures.stage import Stage


def paint(stage: Stage) -> Iterator[None]:
    p, canvas, rng, u = stage.palette, stage.canvas, stage.rng, stage.unit
    open_sky(stage, clouds=3, birds=4)
    for k in range(3):
        place = stage.width * (k + rng.uniform(0.1, 0.9)) / 3
        paint_cloud(canvas, rng, place, stage.y(rng.uniform(0.42, 0.6)), u * rng.uniform(0.24, 0.42), p.cloud, p.sky[1])
    x = np.arange(stage.width) / u
    for k in range(4):
        puffs = (
            np.abs(np.sin(x * (7 - 1.1 * k) + rng.uniform(0, 3))) * u * 0.05 + np.abs(np.sin(x * 2.3 + k)) * u * 0.03
        )
        colour = mix(p.cloud, p.paper(0.6), 0.06 + 0.22 * k)
        sheet(
            canvas,
            np.asarray(stage.y(0.70 + 0.045 * k) - puffs, np.float32),
            shade(colour, 0.04),
            shade(colour, -0.06),
            0.24,
            0.03,
            0.15,
            0.3,
        )
        if k == 0:
            yield
    apron(stage, tufts=0)


BACKDROP = Backdrop("sky", paint, night=("midnight",), seating=ADRIFT, stance=Stance.FLOAT, admits=in_the_air)
