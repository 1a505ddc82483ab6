"""A rocky headland over the sea; the lighthouse stands on it when the words ask for one."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop, Seat, Seating, Seats
from philo_render.pictures.landscape import crown
from philo_render.pictures.painting.colour import Pixels, mix, shade
from philo_render.pictures.painting.paper import flat, sheet
from philo_render.pictures.painting.plants import grass, tulip
from philo_render.pictures.prop import Spot
from philo_render.pictures.props.cottage import draw_cottage
from philo_render.pictures.props.lighthouse import draw_lighthouse
from philo_render.pictures.scenery import apron, corners, open_sky
from philo_render.pictures.stage import FEET, Stage
from philo_render.pictures.water import glitter, wave


def paint(stage: Stage) -> Iterator[None]:
    stage.sun = (stage.side(0.26), stage.y(0.30))
    open_sky(stage, clouds=4, birds=6)
    _sea(stage)
    line = _headland(stage)
    _buildings(stage, line)
    yield
    _garden(stage)
    apron(stage, tufts=120, tall=0.04)
    corners(stage, blossoms=8)


def _sea(stage: Stage) -> None:
    p, horizon = stage.palette, 0.50
    line = flat(stage.canvas, stage.y(horizon))
    far = mix(p.far, p.sky[2], 0.30)
    sheet(stage.canvas, line, shade(far, 0.04), p.paper(0.35), shadow=0.10, rim=0.25, span=0.30)
    glitter(stage, horizon)
    for k in range(4):
        colour = p.paper(0.16 + 0.14 * k)
        crest = wave(stage, horizon + 0.045 + 0.055 * k, 0.09 + 0.05 * k, 0.006 + 0.004 * k)
        sheet(stage.canvas, crest, shade(colour, 0.05), shade(colour, -0.05), 0.24, 0.016, 0.28, 0.25)


def _headland(stage: Stage) -> Pixels:
    """Two steps of rock that climb towards the far side, grass on top; returns the upper line."""
    p = stage.palette
    along = np.arange(stage.width, dtype=np.float32) / stage.width
    t = along if stage.left else 1 - along
    start = 0.30 if not stage.tall else 0.22
    upper = np.full(stage.width, np.nan, np.float32)
    for step, (rise, begin, paper) in enumerate(((0.30, start + 0.16, 0.42), (0.165, start, 0.62))):
        climb = np.clip((t - begin) / (0.40 - 0.04 * step), 0, 1)
        crag = np.abs(stage.noise(16 + 6 * step, 3, 0.55)) * 0.050 * np.clip(climb * 6, 0, 1)
        crag += np.abs(stage.noise(4, 2)) * 0.03 * climb
        up = rise * climb ** (0.55 + 0.1 * step) - crag * (1.2 - climb)
        scale = stage.y(0.5) / 0.5
        shore = np.clip((begin - t) / 0.06, 0, 1) * 0.14  # the rock dips under the waves, it does not end in a wall
        line = np.asarray(stage.y(0.745 + 0.02 * step) + (shore - up) * scale, np.float32)
        rock = mix(p.paper(paper), "#7a6f74", 0.22)
        turf = mix(rock, mix(p.far, "#6aa35c", 0.80) if not stage.dark else p.far, 0.62)
        _blades(stage, line, turf, int(90 * (step + 1)))
        sheet(stage.canvas, line, shade(turf, 0.04), shade(rock, -0.08), 0.32, 0.024, 0.14, 0.20)
        upper = line if step == 0 else np.minimum(upper, line)
    return upper


def _blades(stage: Stage, line: Pixels, colour: Pixels, count: int) -> None:
    grass(stage.canvas, stage.rng, line, shade(colour, 0.02), count, stage.unit * 0.018)


def _buildings(stage: Stage, line: Pixels) -> None:
    facing = -1 if stage.left else 1
    tower = stage.side(0.76) if not stage.tall else stage.side(0.74)
    cottage = stage.side(0.90) if not stage.tall else stage.side(0.93)
    draw_cottage(stage, Spot(cottage, crown(line, cottage) + stage.unit * 0.012, stage.unit * 0.15, facing))
    if stage.has("lighthouse"):
        draw_lighthouse(stage, Spot(tower, crown(line, tower) + stage.unit * 0.02, stage.unit * 0.40, facing))


def _garden(stage: Stage) -> None:
    """Flowers before the feet, many when the words speak of them."""
    p, rng, unit = stage.palette, stage.rng, stage.unit
    if not stage.has("flowers"):
        return
    petals = (p.accent, mix(p.accent, "#fff2d8", 0.5), "#d9527a", "#f4c95d")
    stem = mix(p.near, "#3f7a52", 0.45)
    for k in range(46):
        x = (k + rng.uniform(0, 1)) / 46 * stage.width
        tall = unit * rng.uniform(0.045, 0.085)
        petal = petals[int(rng.integers(0, len(petals)))]
        petal = mix(petal, p.near, 0.30) if stage.dark else petal
        tulip(stage.canvas, x, stage.y(FEET + 0.04), tall, petal, stem, rng.normal(0, 0.06) * tall)


BACKDROP = Backdrop(
    "coast",
    paint,
    night=("midnight", "polar"),
    weather=True,
    seating=Seating(
        wide=Seats(
            (Seat(0.38, FEET, 0.34), Seat(0.56, FEET - 0.01, 0.24), Seat(0.22, FEET, 0.2)), (Seat(0.46, 0.34, 0.16),)
        ),
        tall=Seats((Seat(0.36, FEET, 0.46), Seat(0.70, FEET, 0.30)), (Seat(0.35, 0.44, 0.18),)),
    ),
)
