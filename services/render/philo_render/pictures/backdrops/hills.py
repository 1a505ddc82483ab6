"""Rolling hills with little trees: the default of the open air."""

from __future__ import annotations

from collections.abc import Iterator

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.landscape import rolling
from philo_render.pictures.painting.paper import layer, mist
from philo_render.pictures.scenery import apron, corners, open_sky, sheets, trees
from philo_render.pictures.stage import Stage


def paint(stage: Stage) -> Iterator[None]:
    open_sky(stage)
    papers = sheets(stage, 6)
    firs = bool(stage.rng.integers(0, 2))
    for k in range(4):
        line = rolling(stage, 0.47 + 0.085 * k, 0.055 - 0.006 * k, 1.6 + 0.5 * k)
        layer(stage.canvas, line, papers[k], 0.06 if stage.dark else 0.12)
        if k:
            count = int(stage.rng.integers(6, 12))
            trees(stage, line, papers[k + 1], 0.05 + 0.022 * k, count, firs)
        mist(stage.canvas, float(line.mean()) + stage.height * 0.06, stage.height * 0.03, stage.palette.sky[2], 0.12)
    yield
    apron(stage)
    corners(stage)


BACKDROP = Backdrop("hills", paint, night=("midnight", "polar"), weather=True)
