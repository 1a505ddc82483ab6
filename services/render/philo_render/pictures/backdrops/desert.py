"""Dunes with knife-edged crests; pyramids when the words ask for Egypt."""

from __future__ import annotations

from collections.abc import Iterator

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.landscape import rolling
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import mix, shade
from philo_render.pictures.painting.paper import layer
from philo_render.pictures.scenery import apron, open_sky, sheets
from philo_render.pictures.stage import Stage


def paint(stage: Stage) -> Iterator[None]:
    open_sky(stage, clouds=2, birds=5, radius=0.10)
    papers = sheets(stage, 6)
    for k in range(4):
        if k == 2 and stage.has("pyramids"):
            _pyramids(stage)
        line = rolling(stage, 0.52 + 0.075 * k, 0.050, 1.3 + 0.4 * k)
        layer(stage.canvas, line, papers[k], 0.16, 0.045)
    yield
    apron(stage, tufts=0)


def _pyramids(stage: Stage) -> None:
    p, canvas = stage.palette, stage.canvas
    side = stage.towards_light()
    base = stage.y(0.69)
    places = ((0.62, 0.36), (0.86, 0.25), (0.46, 0.16)) if not stage.tall else ((0.66, 0.36), (0.30, 0.22))
    for place, size in places:
        x, h = stage.side(place), size * stage.unit
        lit, dim = mix(p.far, p.sun, 0.35), mix(p.far, p.near, 0.42)
        shadow = Shadow(-side * stage.unit * 0.01, 0, stage.unit * 0.02, 0.25)
        face = [(x - h * 1.05, base), (x, base - h), (x + h * 1.05, base)]
        canvas.polygon(face, lit, foot=shade(lit, -0.08), shadow=shadow)
        canvas.polygon([(x, base - h), (x - side * h * 1.05, base), (x - side * h * 0.28, base)], dim, 0.75)


BACKDROP = Backdrop("desert", paint, palettes=("dune",), night=("rose", "midnight"))
