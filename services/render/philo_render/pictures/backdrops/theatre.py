"""A stage: folded curtains, beams of light, dust in the air."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.living import in_a_room
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import mix, shade
from philo_render.pictures.painting.noise import noise_line
from philo_render.pictures.painting.paper import flat, sheet
from philo_render.pictures.painting.raster import points
from philo_render.pictures.painting.sky import Glow, paint_sky
from philo_render.pictures.painting.weather import beam, sparks
from philo_render.pictures.scenery import apron
from philo_render.pictures.stage import Stage


def paint(stage: Stage) -> Iterator[None]:
    p, canvas, u = stage.palette, stage.canvas, stage.unit
    spot = Glow(stage.hero_x() / stage.width, stage.y(0.55) / stage.height, 0.7, p.accent, 0.35)
    paint_sky(canvas, (shade(p.near, -0.02), shade(p.far, -0.05), p.far), stage.rng, (spot,))
    for start in (-0.20, 0.22):
        x = stage.hero_x() + start * stage.width
        turn = np.arctan2(stage.y(0.8), stage.hero_x() - x)
        beam(canvas, x, -u * 0.05, float(turn), 0.14, stage.height * 1.6, p.sun, 0.40)
    floor = stage.y(0.71)
    sheet(canvas, flat(canvas, floor), p.paper(0.45), shade(p.near, 0.02), 0.3, 0.03, 0.25, 0.2)
    canvas.glow(stage.hero_x(), stage.y(0.775), u * 0.45, p.sun, 0.5, "screen", 0.14)
    for side in (0, 1):
        _curtain(stage, side)
    sparks(canvas, stage.rng, p.sun, 24, stage.y(0.65) / stage.height)
    yield
    apron(stage, tufts=0)


def _curtain(stage: Stage, side: int) -> None:
    t, wide = np.linspace(0, 1, 40), stage.width * (0.16 if stage.tall else 0.20)
    end = stage.y(0.80)
    for k in range(5):
        edge = wide * (5 - k) / 5 * (1 - 0.18 * np.sin(np.pi * t)) + noise_line(stage.rng, 40, 2, 2) * wide * 0.03
        x, far = (edge, 0.0) if side == 0 else (stage.width - edge, float(stage.width))
        colour = mix(stage.palette.near, "#8c1c3a", 0.25 + 0.13 * k)
        fold = np.concatenate([np.stack([x, t * end], 1), points([[far, end], [far, 0]])])
        shadow = Shadow((1 - 2 * side) * stage.unit * 0.008, 0, stage.unit * 0.02, 0.4)
        stage.canvas.polygon(fold, shade(colour, 0.05), foot=shade(colour, -0.07), shadow=shadow)


BACKDROP = Backdrop("theatre", paint, palettes=("plum", "vermilion", "slate"), admits=in_a_room, lamplit=True)
