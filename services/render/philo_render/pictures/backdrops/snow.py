"""White hills, dark firs, falling flakes."""

from __future__ import annotations

from collections.abc import Iterator

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.landscape import rolling
from philo_render.pictures.painting.colour import WHITE, mix, shade
from philo_render.pictures.painting.paper import layer, sheet
from philo_render.pictures.painting.weather import snow
from philo_render.pictures.scenery import APRON, open_sky, trees
from philo_render.pictures.stage import Stage


def paint(stage: Stage) -> Iterator[None]:
    open_sky(stage, clouds=2, birds=0)
    p, canvas = stage.palette, stage.canvas
    white = mix(WHITE, p.sun, 0.2) if not stage.dark else mix(p.far, WHITE, 0.45)
    wood = mix(p.near, p.far, 0.15)
    for k in range(4):
        line = rolling(stage, 0.49 + 0.08 * k, 0.05 - 0.005 * k, 1.5 + 0.5 * k)
        drift = mix(white, p.far, 0.42 - 0.13 * k)
        trees(stage, line, mix(p.far, wood, 0.30 + 0.22 * k), 0.07 + 0.045 * k, 10 + 3 * k, firs=True)
        layer(canvas, line, drift, 0.16, 0.035)
    yield
    line = rolling(stage, APRON, 0.016, 2.0)
    near = mix(p.near, "#0e1c33", 0.35)
    sheet(canvas, line, shade(mix(near, p.far, 0.12), 0.03), near, rim=0.22, span=0.22)
    stage.moves("snow", lambda rng: snow(canvas, rng))


BACKDROP = Backdrop("snow", paint, palettes=("snowfall",), night=("midnight",))
