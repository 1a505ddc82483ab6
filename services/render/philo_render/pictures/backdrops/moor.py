"""A haunted moor: a huge moon, bare trees, mist; things are silhouettes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from philo_render.pictures.backdrop import Backdrop, Grade
from philo_render.pictures.landscape import crown, rolling
from philo_render.pictures.living import haunting
from philo_render.pictures.painting.colour import mix
from philo_render.pictures.painting.paper import layer, mist
from philo_render.pictures.painting.sky import Glow, Haze, paint_birds, paint_sky, paint_sun
from philo_render.pictures.scenery import apron, sheets
from philo_render.pictures.stage import Stage


def paint(stage: Stage) -> Iterator[None]:
    p, canvas, rng, u = stage.palette, stage.canvas, stage.rng, stage.unit
    x, y = stage.side(0.66), stage.y(0.32)
    paint_sky(canvas, p.sky, rng, (Glow(x / stage.width, y / stage.height, 0.7, p.sun, 0.5),), Haze(p.near, 0.55))
    paint_sun(canvas, x, y, u * 0.18, mix(p.sun, p.sky[2], 0.2), mix(p.sun, p.accent, 0.5))
    for _ in range(4):
        mist(canvas, stage.y(rng.uniform(0.15, 0.45)), stage.height * 0.014, p.near, 0.3)
    paint_birds(canvas, rng, x, y, 6, u * 0.018, p.near)
    papers = sheets(stage, 4)
    for k in range(3):
        line = rolling(stage, 0.57 + 0.075 * k, 0.05, 2.4 + k, 4, 0.5)
        for _ in range(3 + k):
            place = rng.uniform(0, 1) * stage.width
            if not (k and abs(place - stage.hero_x()) < stage.width * 0.15):
                bare_tree(
                    stage,
                    place,
                    crown(line, place) + 5,
                    u * (0.14 + 0.10 * k) * rng.uniform(0.8, 1.3),
                    papers[min(3, k + 1)],
                )
        layer(canvas, line, papers[k], 0.03, 0.01)
        mist(canvas, float(line.mean()) + stage.height * 0.03, stage.height * 0.045, mix(p.sky[2], p.sun, 0.2), 0.30)
    yield
    apron(stage, tufts=170, tall=0.055)
    for lean, place in ((1, 0.03), (-1, 0.97)):
        bare_tree(stage, place * stage.width, stage.y(0.97), u * 0.85, p.near, lean)


def bare_tree(stage: Stage, x: float, base: float, height: float, colour: ArrayLike, lean: int = 0) -> None:
    """A leafless tree, grown branch by branch."""
    depth = 4 if height > stage.unit * 0.2 else 3
    turn = -np.pi / 2 + lean * 0.12 + stage.rng.normal(0, 0.08)
    _grow(stage, (x, base), turn, height * 0.32, height * 0.026, depth, colour)


def _grow(
    stage: Stage, foot: tuple[float, float], turn: float, length: float, half: float, depth: int, colour: ArrayLike
) -> None:
    tip = (foot[0] + length * np.cos(turn), foot[1] + length * np.sin(turn))
    nx, ny, thin = -np.sin(turn), np.cos(turn), half * 0.62
    limb = [(foot[0] + nx * half, foot[1] + ny * half), (tip[0] + nx * thin, tip[1] + ny * thin)]
    limb += [(tip[0] - nx * thin, tip[1] - ny * thin), (foot[0] - nx * half, foot[1] - ny * half)]
    stage.canvas.polygon(limb, colour)
    if depth:
        for side in (-1, 1):
            aside = turn + side * stage.rng.uniform(0.25, 0.75) + stage.rng.normal(0, 0.12)
            _grow(stage, tip, aside, length * stage.rng.uniform(0.6, 0.82), thin, depth - 1, colour)


BACKDROP = Backdrop(
    "moor",
    paint,
    palettes=("bog",),
    night=("bog", "blood"),
    admits=haunting,
    grade=Grade(ink=0.86, rim=0.9, saturation=0.5),
)
