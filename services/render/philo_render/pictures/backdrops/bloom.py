"""A slope in full flower above a bright sea: spring, joy, a happy end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.landscape import crown, rolling
from philo_render.pictures.living import out_of_doors
from philo_render.pictures.painting.colour import Pixels, mix, shade
from philo_render.pictures.painting.paper import flat, layer, sheet
from philo_render.pictures.painting.plants import grass, tulip
from philo_render.pictures.prop import Spot
from philo_render.pictures.props.lighthouse import draw_lighthouse
from philo_render.pictures.scenery import apron, open_sky
from philo_render.pictures.stage import Stage
from philo_render.pictures.water import glitter, wave

_PETALS = ("#f25c54", "#f7b267", "#fff1d6", "#d9527a", "#b58bd6", "#f4845f")


def paint(stage: Stage) -> Iterator[None]:
    p, canvas, u = stage.palette, stage.canvas, stage.unit
    stage.sun = (stage.side(0.60), stage.y(0.40))
    open_sky(stage, clouds=3, birds=8, radius=0.12)
    sheet(canvas, flat(canvas, stage.y(0.50)), mix(p.far, p.sky[2], 0.35), p.paper(0.3), 0.10, 0.02, 0.25, 0.25)
    glitter(stage, 0.50, 40)
    for k in range(2):
        sheet(
            canvas,
            wave(stage, 0.55 + 0.045 * k, 0.12 + 0.05 * k, 0.005),
            p.paper(0.12 + 0.1 * k),
            p.paper(0.3),
            0.2,
            0.016,
            0.25,
            0.2,
        )
    green = mix(p.paper(0.35), "#74b060", 0.72)
    for k in range(3):
        line = _slope(stage, k)
        if k == 0 and stage.has("lighthouse"):
            x = stage.side(0.86 if not stage.tall else 0.80)
            draw_lighthouse(stage, Spot(x, crown(line, x) + u * 0.02, u * 0.38, -1 if stage.left else 1))
        tone = shade(green, 0.05 - 0.045 * k)
        grass(canvas, stage.rng, line, tone, 60, 0.02 * u)
        layer(canvas, line, tone, 0.14, 0.05)
        _flowers(stage, line, 46 - 6 * k, 0.030 + 0.016 * k, k)
    yield
    line = rolling(stage, 0.805, 0.014, 2.2)
    _flowers(stage, line + np.float32(u * 0.02), 44, 0.115, 3)
    apron(stage, tufts=150, tall=0.05)


def _slope(stage: Stage, k: int) -> Pixels:
    """Ground that climbs towards the far side."""
    t = np.arange(stage.width, dtype=np.float32) / stage.width
    t = t if stage.left else 1 - t
    climb = (0.17 - 0.055 * k) * np.clip((t - 0.25) / 0.75, 0, 1) ** 1.2
    swell = rolling(stage, 0.655 + 0.055 * k, 0.02, 1.4 + 0.5 * k)
    return np.asarray(swell - climb * stage.y(0.5) / 0.5, np.float32)


def _flowers(stage: Stage, line: Pixels, count: int, tall: float, nearness: int) -> None:
    p, rng, u = stage.palette, stage.rng, stage.unit
    stem = mix(p.paper(0.6), "#3f8a4a", 0.78)
    spread = stage.height * (0.02 if nearness < 3 else 0.004)
    for k in range(count):
        x = (k + rng.uniform(0, 1)) / count * stage.width
        height = u * tall * rng.uniform(0.75, 1.25)
        petal = mix(_PETALS[int(rng.integers(0, len(_PETALS)))], p.far if nearness < 2 else p.accent, 0.18)
        base = crown(line, x) + height * 0.45 + rng.uniform(0, 1) * spread
        tulip(
            stage.canvas,
            x,
            base,
            height,
            mix(petal, p.near, 0.35) if stage.dark else petal,
            stem,
            rng.normal(0, 0.08) * height,
        )


BACKDROP = Backdrop(
    "bloom", paint, palettes=("peach", "lagoon", "blush"), night=("rose",), admits=out_of_doors, weather=True
)
