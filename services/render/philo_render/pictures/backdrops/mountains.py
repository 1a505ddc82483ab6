"""Folded peaks with snow on the farthest, woods at their feet."""

from __future__ import annotations

from collections.abc import Iterator

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.landscape import peaks, rolling
from philo_render.pictures.painting.colour import WHITE, mix, shade
from philo_render.pictures.painting.paper import layer, mist, sheet
from philo_render.pictures.scenery import apron, corners, open_sky, sheets, trees
from philo_render.pictures.stage import Stage


def paint(stage: Stage) -> Iterator[None]:
    open_sky(stage)
    p, canvas = stage.palette, stage.canvas
    papers = sheets(stage, 6)
    snow = mix(WHITE, p.sun, 0.3) if not stage.dark else mix(p.far, p.sun, 0.45)
    for k, (base, rise, waves) in enumerate(((0.54, 0.40, 2.1), (0.57, 0.28, 2.9), (0.60, 0.17, 3.8))):
        line = peaks(stage, base, rise, waves)
        top = (snow, mix(papers[k], snow, 0.35), shade(papers[k], 0.04))[k]
        foot = mix(papers[k], p.sky[2], 0.25 - 0.08 * k)
        sheet(canvas, line, top, foot, 0.28, 0.026, 0.14, (0.26, 0.24, 0.4)[k])
        mist(canvas, stage.y(0.60 + 0.03 * k), stage.height * 0.04, p.sky[2], 0.22)
    stage.group("far", 0.2)
    for k in (3, 4):
        line = rolling(stage, 0.63 + 0.075 * (k - 3), 0.04, 2.2)
        layer(canvas, line, papers[k - 1], 0.10)
        trees(stage, line, papers[k], 0.06 + 0.02 * k, 12, firs=True)
    stage.group("woods", 0.42)
    yield
    apron(stage)
    corners(stage, blossoms=3)


BACKDROP = Backdrop("mountains", paint, night=("midnight", "polar"), weather=True)
