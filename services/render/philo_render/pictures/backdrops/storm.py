"""A storm at sea: rolls of cloud from above, lightning, steep waves, rain."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.backdrops.sea import AFLOAT, lighthouse_islet, waves
from philo_render.pictures.composition import Stance
from philo_render.pictures.living import at_sea
from philo_render.pictures.painting.colour import shade
from philo_render.pictures.painting.paper import sheet
from philo_render.pictures.painting.sky import Glow, Haze, paint_sky
from philo_render.pictures.painting.weather import rain
from philo_render.pictures.stage import Stage


def paint(stage: Stage) -> Iterator[None]:
    p = stage.palette
    light = Glow(stage.side(0.66) / stage.width, stage.y(0.46) / stage.height, 0.8, p.sun, 0.55)
    paint_sky(stage.canvas, p.sky, stage.rng, (light,), Haze(shade(p.sky[0], -0.06), 0.5), stage.y(0.60) / stage.height)
    for k in range(4):
        _roll(stage, k)
        if k == 1:
            _bolt(stage, stage.side(0.62), stage.y(0.16), stage.y(0.52))
    if stage.has("lighthouse") or not stage.plan.illustrations:
        lighthouse_islet(stage)
    yield from waves(stage, 2.1)
    stage.moves("rain", lambda rng: rain(stage.canvas, rng, 160))


def _roll(stage: Stage, k: int) -> None:
    """A sheet of cloud that hangs from the top: painted on the picture turned over."""
    canvas, unit, rng = stage.canvas, stage.unit, stage.rng
    x = np.arange(stage.width) / unit
    hem = stage.y(0.33 - 0.078 * k) + unit * 0.038 * np.abs(np.sin(x * (5.5 + k) + rng.uniform(0, 6)))
    hem = hem + unit * 0.022 * np.abs(np.sin(x * (11 - k) + k)) + stage.noise(2.5, 2) * 0.03 * stage.height
    colour = shade(stage.palette.sky[0], 0.13 - 0.038 * k)
    line = np.asarray(stage.height - hem, np.float32)
    with canvas.upside_down():
        sheet(canvas, line, shade(colour, 0.03), shade(colour, -0.03), 0.34, 0.03, 0.08, 0.25)


def _bolt(stage: Stage, x: float, top: float, end: float) -> None:
    canvas, rng, unit = stage.canvas, stage.rng, stage.unit
    path = [(x, top)]
    for k in range(1, 10):
        path.append((path[-1][0] + rng.normal(0, 0.020) * unit, top + (end - top) * k / 9))
    canvas.glow(x, (top + end) / 2, unit * 0.34, "#dfe8ff", 0.36, "screen")
    canvas.line(path, unit * 0.0045, "#ffffff", 1.0, unit * 0.012)
    fork = [path[int(rng.integers(3, 6))]]
    aside = 1 if x < stage.width / 2 else -1
    for _ in range(4):
        fork.append((fork[-1][0] + aside * rng.uniform(0.008, 0.03) * unit, fork[-1][1] + 0.03 * stage.height))
    canvas.line(fork, unit * 0.0025, "#ffffff", 0.9, unit * 0.008)


BACKDROP = Backdrop("storm", paint, palettes=("tempest",), seating=AFLOAT, stance=Stance.SAIL, admits=at_sea)
