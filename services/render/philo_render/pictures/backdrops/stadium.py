"""A stadium: stands full of dots, floodlights, mown stripes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.living import in_a_room
from philo_render.pictures.painting.colour import mix, shade
from philo_render.pictures.painting.paper import flat, sheet
from philo_render.pictures.painting.shapes import arc, disc, slab
from philo_render.pictures.scenery import apron, open_sky
from philo_render.pictures.stage import Stage


def paint(stage: Stage) -> Iterator[None]:
    p, canvas, u = stage.palette, stage.canvas, stage.unit
    open_sky(stage, clouds=2, birds=0, apart=False)
    for k in range(4):
        _stand(stage, k)
    for place in (0.14, 0.86):
        _floodlight(stage, place * stage.width)
    turf = mix("#1f6b4c" if stage.dark else "#4f9d57", p.far, 0.18)
    edge, foot = stage.y(0.56), stage.y(0.82)
    sheet(canvas, flat(canvas, edge), shade(turf, 0.03), shade(turf, -0.10), 0.3, 0.03, 0.2, 0.30)
    for k in range(-9, 10, 2):
        near, far = 0.22, 0.055
        stripe = [
            (0.5 + k * far, edge),
            (0.5 + (k + 1) * far, edge),
            (0.5 + (k + 1) * near, foot),
            (0.5 + k * near, foot),
        ]
        canvas.polygon([(x * stage.width, y) for x, y in stripe], "#ffffff", 0.055)
    canvas.line(arc(stage.width * 0.5, stage.y(0.70), stage.width * 0.26, stage.y(0.08)), u * 0.005, "#ffffff", 0.55)
    canvas.line([(0, stage.y(0.70)), (stage.width, stage.y(0.70))], u * 0.005, "#ffffff", 0.55)
    yield
    apron(stage, tufts=200, tall=0.022, colour=mix(p.near, shade(turf, -0.28), 0.6))


def _stand(stage: Stage, k: int) -> None:
    """One tier: a bowed line and the crowd along it."""
    p, rng = stage.palette, stage.rng
    paper = p.paper(0.30 + 0.22 * k)
    x = np.arange(stage.width) / stage.width - 0.5
    line = np.asarray(stage.y(0.34 + 0.055 * k) - x**2 * stage.y(0.16), np.float32)
    sheet(stage.canvas, line, shade(paper, 0.06), paper, 0.3, 0.02, 0.1)
    shirts = (p.sun, p.accent, p.far, p.sky[1])
    for _ in range(int(90 * stage.width / stage.height)):
        place = rng.uniform(0, 1)
        y = float(line[int(place * (stage.width - 1))]) + stage.height * rng.uniform(0.008, 0.042)
        shirt = mix(shirts[int(rng.integers(0, 4))], paper, 0.25)
        disc(stage.canvas, place * stage.width, y, stage.unit * 0.0045, shirt, 0.9)


def _floodlight(stage: Stage, x: float) -> None:
    canvas, u, iron = stage.canvas, stage.unit, stage.palette.near
    top = stage.y(0.115)
    canvas.line([(x, stage.y(0.5)), (x, top)], u * 0.007, iron)
    slab(canvas, (x - u * 0.055, top - u * 0.025, x + u * 0.055, top + u * 0.025), 5, shade(iron, 0.04))
    for k in range(4):
        disc(canvas, x + (k - 1.5) * u * 0.025, top, u * 0.009, "#fffbe6")
    canvas.glow(x, top, u * 0.16, "#fff6d0", 0.6, "screen")


BACKDROP = Backdrop(
    "stadium", paint, palettes=("lagoon", "meadow"), night=("midnight",), admits=in_a_room, lamplit=True
)
