"""Business: rounded bars on a shelf with a trend above them; they fall when the words say so."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from philo_render.pictures.backdrop import Backdrop, Seat, Seating, Seats
from philo_render.pictures.living import in_a_room
from philo_render.pictures.pack import Icon
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import SHADOW, mix, ramp, shade
from philo_render.pictures.painting.paper import flat, sheet
from philo_render.pictures.painting.raster import blur
from philo_render.pictures.painting.shapes import disc, slab
from philo_render.pictures.painting.sky import Glow, paint_sky
from philo_render.pictures.scenery import apron
from philo_render.pictures.stage import Stage

_FLOOR = 0.725


def paint(stage: Stage) -> Iterator[None]:
    p, canvas = stage.palette, stage.canvas
    paint_sky(canvas, p.sky, stage.rng, (Glow(0.7, 0.2, 0.9, p.sun, 0.4),))
    start, end = (
        sorted((stage.side(0.46), stage.side(0.95))) if not stage.tall else (0.10 * stage.width, 0.90 * stage.width)
    )
    for k in range(1, 5):
        y = stage.y(_FLOOR - 0.14 * k)
        canvas.line([(start, y), (end, y)], stage.unit * 0.002, mix(p.near, p.sky[1], 0.6), 0.45)
    floor = p.paper(0.5) if stage.dark else mix(p.sky[2], p.far, 0.5)
    sheet(canvas, flat(canvas, stage.y(_FLOOR)), shade(floor, 0.03), shade(floor, -0.10), 0.14, 0.03, 0.15, 0.2)
    _bars(stage, start, end)
    yield
    apron(stage, tufts=0, colour=mix(p.near, p.far, 0.10))


def _bars(stage: Stage, start: float, end: float) -> None:
    p, canvas, unit = stage.palette, stage.canvas, stage.unit
    count = 7 if not stage.tall else 5
    heights = np.linspace(0.16, 0.50, count) + stage.rng.normal(0, 0.025, count)
    colours = ramp([mix(p.far, p.sky[2], 0.1), p.paper(0.5), p.accent], count)
    if stage.has("falling"):
        heights, colours = heights[::-1], colours[::-1]
    step = (end - start) / count
    floor, width = stage.y(_FLOOR), step * 0.62
    for k in range(count):
        x, y = start + (k + 0.2) * step, stage.y(_FLOOR - heights[k])
        canvas.glow(x + width / 2, floor + unit * 0.010, width * 0.7, SHADOW, 0.32, squash=0.12)
        shadow = Shadow(unit * 0.014, unit * 0.006, unit * 0.018, 0.25)
        box = (x, y, x + width, floor + unit * 0.012)
        slab(canvas, box, width * 0.22, shade(colours[k], 0.05), foot=shade(colours[k], -0.06), shadow=shadow)
        slab(canvas, (x, y + width * 0.2, x + width * 0.16, floor), 1, "#ffffff", 0.14)
    _trend(stage, start + step * 0.5, end - step * 0.5, heights)


def _trend(stage: Stage, start: float, end: float, heights: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
    p, unit, places = stage.palette, stage.unit, np.linspace(0, 1, 80)
    line = np.interp(places, np.linspace(0, 1, len(heights)), heights)
    smooth = blur(np.pad(line, 12, mode="edge")[None, :], 5.0)[0, 12:-12]
    x = start + (end - start) * places
    y = np.array([stage.y(_FLOOR - v) for v in smooth]) - unit * 0.055
    ink = p.sun if stage.dark else mix(p.near, p.sky[1], 0.1)
    stage.canvas.line(np.stack([x, y], 1), unit * 0.006, ink)
    disc(stage.canvas, float(x[-1]), float(y[-1]), unit * 0.016, ink, shadow=Shadow(0, 0, unit * 0.01, 0.3))
    disc(stage.canvas, float(x[-1]), float(y[-1]), unit * 0.008, p.accent)


def _beside_bars(icon: Icon) -> bool:
    return in_a_room(icon) and not icon.name.startswith(("bar-chart", "chart"))


BACKDROP = Backdrop(
    "chart",
    paint,
    indoor=True,
    admits=_beside_bars,
    seating=Seating(
        wide=Seats((Seat(0.25, 0.785, 0.32), Seat(0.115, 0.79, 0.18))),
        tall=Seats((Seat(0.32, 0.80, 0.32), Seat(0.72, 0.80, 0.24))),
    ),
)
