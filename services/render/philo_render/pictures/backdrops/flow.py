"""Ribbons of paper for what has no shape: thought, time, freedom."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.living import nothing
from philo_render.pictures.painting.colour import mix, ramp, shade
from philo_render.pictures.painting.paper import sheet
from philo_render.pictures.painting.sky import Glow, paint_sky, paint_stars, paint_sun
from philo_render.pictures.scenery import APRON
from philo_render.pictures.stage import Stage

_RIBBONS = 9


def paint(stage: Stage) -> Iterator[None]:
    p, canvas, rng = stage.palette, stage.canvas, stage.rng
    glows = (
        Glow(rng.uniform(0.2, 0.8), rng.uniform(0.1, 0.5), 0.7, p.sun, 0.6),
        Glow(rng.uniform(0.2, 0.8), 0.8, 0.7, p.accent, 0.35),
    )
    paint_sky(canvas, p.sky, rng, glows)
    if stage.dark:
        paint_stars(canvas, rng, 70, stage.y(0.45))
    paint_sun(canvas, stage.hero_x(), stage.y(0.34), stage.unit * 0.17, p.sun, p.sky[2])
    colours = ramp([mix(p.sky[2], p.accent, 0.35), p.far, p.paper(0.5), p.near], _RIBBONS)
    accent, phase, drift = int(rng.integers(1, 4)), rng.uniform(0, 6.3), stage.noise(1.3, 2)
    x = np.linspace(0, 1, stage.width) * (stage.bumps(1.0) if not stage.tall else 0.7)
    yield
    for k in range(_RIBBONS):
        calm = 1 - 0.105 * k
        share = 0.36 + (APRON - 0.37) / (_RIBBONS - 1) * k + 0.16 * np.sin(x * 3.1 + phase + 0.30 * k) * calm
        share = share + 0.05 * drift * calm + 0.03 * np.sin(x * 6.5 + phase * 2 + 0.9 * k) * calm
        line = np.array([stage.y(float(v)) for v in share], np.float32)
        colour = mix(p.accent, colours[k], 0.15 if k == accent else 0.5) if k in {accent, accent + 3} else colours[k]
        sheet(canvas, line, shade(colour, 0.05), shade(colour, -0.06), 0.42, 0.03, 0.18, 0.4)


BACKDROP = Backdrop("flow", paint, night=("midnight", "plum"), admits=nothing)
