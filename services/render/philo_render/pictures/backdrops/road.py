"""A road that runs to the horizon between hills."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop, Seat, Seating, Seats
from philo_render.pictures.landscape import peaks, rolling
from philo_render.pictures.painting.colour import Pixels, mix, shade
from philo_render.pictures.painting.paper import layer, mist, sheet
from philo_render.pictures.painting.shapes import band, slab
from philo_render.pictures.scenery import apron, open_sky, trees
from philo_render.pictures.stage import Stage

_HORIZON = 0.575


def paint(stage: Stage) -> Iterator[None]:
    open_sky(stage, clouds=3, birds=3)
    p, canvas = stage.palette, stage.canvas
    ridge = peaks(stage, 0.56, 0.22, 2.2)
    sheet(canvas, ridge, shade(p.paper(0.12), 0.03), mix(p.paper(0.12), p.sky[2], 0.3), 0.24, span=0.3)
    stage.group("far", 0.2)
    for k in range(2):
        line = rolling(stage, _HORIZON - 0.012 + 0.02 * k, 0.016, 1.8 + k)
        trees(stage, line, p.paper(0.42 + 0.1 * k), 0.05 + 0.02 * k, 9, firs=bool(k))
        layer(canvas, line, p.paper(0.28 + 0.12 * k), 0.1)
    _asphalt(stage)
    mist(canvas, stage.y(_HORIZON), stage.height * 0.02, p.sky[2], 0.25)
    yield
    apron(stage, tufts=140)


def _course(stage: Stage) -> tuple[Pixels, Pixels, Pixels]:
    """The middle, height and half width of the road from far to near."""
    t = np.linspace(0, 1, 60, dtype=np.float32)
    y = stage.y(_HORIZON) + (stage.y(0.92) - stage.y(_HORIZON)) * t
    end = stage.hero_x()
    far = stage.side(0.66) if not stage.tall else stage.side(0.62)
    middle = far + (end - far) * t + np.sin(t**0.5 * np.pi * 2) * stage.unit * 0.05 * (1 - t)
    return np.asarray(middle, np.float32), y, np.asarray(stage.unit * (0.007 + 0.62 * t**1.15), np.float32)


def _asphalt(stage: Stage) -> None:
    p, canvas = stage.palette, stage.canvas
    x, y, half = _course(stage)
    grey = mix(mix(p.near, "#5a5d68", 0.55), p.far, 0.10 if stage.dark else 0.22)
    canvas.polygon(band(x, y, half * 1.10), mix(grey, p.sun, 0.45), 0.9)
    canvas.polygon(band(x, y, half), shade(grey, 0.05), foot=shade(grey, -0.07))
    for k in range(1, 60, 6):
        part = slice(k, k + 3)
        if k + 3 <= 60:
            canvas.polygon(band(x[part], y[part], half[part] * 0.022 + 0.6), mix(p.sun, "#ffffff", 0.3), 0.8)
    for k in (8, 14, 22, 32):  # posts along one edge give the road its scale
        post, tall = float(x[k] + half[k] * 1.28), float(half[k]) * 0.30
        box = (post - tall * 0.09, float(y[k]) - tall, post + tall * 0.09, float(y[k]))
        slab(canvas, box, 1, mix("#ffffff", p.sky[1], 0.25))
        slab(canvas, (box[0], box[1] + tall * 0.15, box[2], box[1] + tall * 0.32), 0, p.accent)


BACKDROP = Backdrop(
    "road",
    paint,
    night=("midnight", "rose"),
    weather=True,
    seating=Seating(
        wide=Seats((Seat(0.36, 0.790, 0.34), Seat(0.62, 0.735, 0.20)), (Seat(0.66, 0.36, 0.20),)),
        tall=Seats((Seat(0.50, 0.790, 0.46), Seat(0.78, 0.70, 0.2)), (Seat(0.3, 0.36, 0.2),)),
    ),
)
