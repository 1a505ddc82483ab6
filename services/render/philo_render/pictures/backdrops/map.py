"""An old map: contour by contour in paper, a dashed route, a compass star."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from philo_render.pictures.backdrop import Backdrop, Seat, Seating, Seats
from philo_render.pictures.composition import Stance
from philo_render.pictures.living import things
from philo_render.pictures.pack import Icon
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import Colour, Pixels, mix, ramp, shade
from philo_render.pictures.painting.noise import noise_field
from philo_render.pictures.painting.raster import enlarge
from philo_render.pictures.painting.shapes import arc, disc
from philo_render.pictures.painting.sky import Glow, paint_sky
from philo_render.pictures.scenery import apron
from philo_render.pictures.stage import Stage

_LEVELS = 5


def paint(stage: Stage) -> Iterator[None]:
    p, canvas = stage.palette, stage.canvas
    paint_sky(canvas, (p.sky[0], p.sky[1], p.sky[1]), stage.rng, (Glow(0.5, 0.4, 0.9, p.sun, 0.35),))
    _grid(stage)
    land = _relief(stage)
    tones = ramp([mix(p.sky[1], p.far, 0.35), p.far, mix(p.far, p.near, 0.42)], _LEVELS)
    for k, level in enumerate(np.linspace(0.46, 0.80, _LEVELS)):
        share = np.clip((land - level) * 90 + 0.5, 0, 1)
        mask = enlarge(share, (stage.width, stage.height), smooth=False)
        plane = np.asarray(np.clip((mask - 0.5) * 3 + 0.5, 0, 1) * 255, np.uint8)
        canvas.stencil(plane, 0, 0, tones[k], shadow=Shadow(0, stage.unit * 0.006, stage.unit * 0.010, 0.28))
    _route(stage)
    _rose(stage, stage.side(0.87), stage.y(0.20), stage.unit * 0.085, mix(p.near, p.sky[1], 0.25))
    yield
    apron(stage, tufts=0)


def _relief(stage: Stage) -> Pixels:
    """Heights 0..1 at half size."""
    size = stage.width // 2, stage.height // 2
    coarse = noise_field(stage.rng, (size[0] // 4, size[1] // 4), 2.2, 4, 0.45)
    low, high = np.percentile(coarse, (1, 99))
    return np.asarray(cv2.resize(np.clip((coarse - low) / (high - low), 0, 1), size, interpolation=2), np.float32)


def _grid(stage: Stage) -> None:
    ink, step = mix(stage.palette.near, stage.palette.sky[1], 0.65), stage.unit * 0.22
    for k in range(1, int(max(stage.width, stage.height) / step) + 1):
        stage.canvas.line([(k * step, 0), (k * step, stage.height)], stage.unit * 0.0015, ink, 0.4)
        stage.canvas.line([(0, k * step), (stage.width, k * step)], stage.unit * 0.0015, ink, 0.4)


def _route(stage: Stage) -> None:
    p, canvas, u, t = stage.palette, stage.canvas, stage.unit, np.linspace(0, 1, 120)
    start, end = (stage.side(0.10), stage.y(0.64)), (stage.side(0.74), stage.y(0.30))
    x = start[0] + (end[0] - start[0]) * t
    y = start[1] + (end[1] - start[1]) * t + 0.09 * stage.height * np.sin(t * 7)
    way = np.stack([x, y], 1)
    for k in range(0, 116, 6):
        canvas.line(way[k : k + 4], u * 0.007, p.accent, 0.95)
    for spot in (way[0], way[-1]):
        disc(canvas, float(spot[0]), float(spot[1]), u * 0.019, p.accent, shadow=Shadow(0, u * 0.004, u * 0.006, 0.4))
        disc(canvas, float(spot[0]), float(spot[1]), u * 0.008, "#ffffff")


def _rose(stage: Stage, x: float, y: float, size: float, ink: Colour) -> None:
    """A compass star of eight rays, each with a lit and a dark half."""
    canvas = stage.canvas
    canvas.line(arc(x, y, size * 0.72, size * 0.72), size * 0.035, ink, 0.7)
    for ring, long in ((np.pi / 4, 0.62), (0.0, 1.0)):
        for k in range(4):
            turn = ring + k * np.pi / 2
            tip = (x + np.cos(turn) * size * long, y + np.sin(turn) * size * long)
            for side in (-1, 1):
                root = turn + side * np.pi / 4
                foot = (x + np.cos(root) * size * 0.16, y + np.sin(root) * size * 0.16)
                canvas.polygon([(x, y), foot, tip], shade(ink, 0.10) if side > 0 else shade(ink, -0.06))


def _on_a_map(icon: Icon) -> bool:
    return things(icon) or icon.family in {54, 55, 56} or icon.name in {"camel", "compass", "luggage"}


BACKDROP = Backdrop(
    "map",
    paint,
    palettes=("cream", "sage", "teal", "celadon"),
    indoor=True,
    stance=Stance.FLOAT,
    admits=_on_a_map,
    seating=Seating(
        wide=Seats((), (Seat(0.32, 0.66, 0.36), Seat(0.62, 0.70, 0.20))),
        tall=Seats((), (Seat(0.5, 0.62, 0.46), Seat(0.78, 0.74, 0.2))),
    ),
)
