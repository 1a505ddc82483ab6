"""A festival: red sky, fireworks, roofs, lanterns everywhere."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop, Grade
from philo_render.pictures.pack import Icon, Kind
from philo_render.pictures.painting.colour import shade
from philo_render.pictures.painting.paper import flat, layer, mist
from philo_render.pictures.painting.shapes import disc
from philo_render.pictures.painting.sky import Glow, paint_sky, paint_stars
from philo_render.pictures.roofs import lantern, pavilion
from philo_render.pictures.scenery import apron, sheets
from philo_render.pictures.stage import Stage


def paint(stage: Stage) -> Iterator[None]:
    p, canvas, rng = stage.palette, stage.canvas, stage.rng
    paint_sky(canvas, p.sky, rng, (Glow(0.5, 0.62, 0.9, p.accent, 0.45),), None, stage.y(0.7) / stage.height)
    paint_stars(canvas, rng, 40, stage.y(0.4), p.accent)
    for k in range(4):
        _firework(stage, (k + rng.uniform(0.2, 0.8)) / 4, rng.uniform(0.12, 0.36), rng.uniform(0.08, 0.15))
    papers = sheets(stage, 4)
    for row in range(3):
        base, count = 0.64 + 0.055 * row, max(3, int((5 + row) * stage.width / stage.height / 1.78))
        for q in range(count):
            x = stage.width * (q + rng.uniform(0.2, 0.8)) / count
            pavilion(
                stage, x, stage.y(base), stage.unit * (0.17 + 0.05 * row) * rng.uniform(0.8, 1.2), papers[row], p.accent
            )
        layer(canvas, flat(canvas, stage.y(base)), papers[row], 0.05, 0.02)
        mist(canvas, stage.y(base), stage.height * 0.035, p.accent, 0.12)
    for _ in range(12):
        near = rng.uniform(0.35, 1)
        lantern(
            stage, rng.uniform(0.02, 0.98) * stage.width, stage.y(rng.uniform(0.06, 0.46)), stage.unit * 0.040 * near, 0
        )
    yield
    apron(stage, tufts=0)


def _firework(stage: Stage, place: float, height: float, radius: float) -> None:
    p, canvas, rng = stage.palette, stage.canvas, stage.rng
    x, y, r = place * stage.width, stage.y(height), radius * stage.unit
    canvas.glow(x, y, r, p.accent, 0.35, "screen")
    for k in range(26):
        turn, far = k / 26 * 2 * np.pi + rng.normal(0, 0.03), r * rng.uniform(0.75, 1.05)
        c, s = np.cos(turn), np.sin(turn)
        end = (x + far * c, y + far * s + r * 0.05)
        canvas.line([(x + r * 0.25 * c, y + r * 0.25 * s), end], stage.unit * 0.002, p.accent, 0.75)
        disc(canvas, *end, stage.unit * 0.0032, shade("#fff3cf"), 0.95)


def _festive(icon: Icon) -> bool:
    return icon.kind in {Kind.ANIMAL, Kind.PLAY, Kind.PERSON} or icon.name in {"dumpling", "moon-cake", "dragon"}


BACKDROP = Backdrop(
    "lanterns",
    paint,
    palettes=("vermilion",),
    admits=_festive,
    grade=Grade(tint=0.15, ink=0.0, saturation=1.05),
    lamplit=True,
)
