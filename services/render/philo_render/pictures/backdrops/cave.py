"""A cave: rings of rock towards the light outside, stalactites, crystals."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.living import SWIMMERS, VESSELS, out_of_doors
from philo_render.pictures.pack import Icon, Kind
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import mix, shade
from philo_render.pictures.painting.noise import noise_line
from philo_render.pictures.painting.raster import points
from philo_render.pictures.painting.sky import Glow, paint_sky
from philo_render.pictures.scenery import apron
from philo_render.pictures.stage import Stage

_RINGS = 4


def paint(stage: Stage) -> Iterator[None]:
    p, canvas = stage.palette, stage.canvas
    x = stage.side(0.62) if not stage.tall else 0.5 * stage.width
    light = Glow(x / stage.width, stage.y(0.42) / stage.height, 0.8, p.sun, 0.75)
    paint_sky(canvas, (p.sky[1], p.sky[2], p.sun), stage.rng, (light,))
    for k in range(_RINGS):
        _ring(stage, x, k, mix(p.far, p.near, 0.15 + 0.26 * k))
        canvas.glow(x, stage.y(0.45), stage.unit * (0.30 + 0.1 * k), p.sun, 0.14, "screen")
    for place in (0.10, 0.16, 0.88):
        _crystal(stage, stage.side(place), stage.y(0.80), stage.unit * float(stage.rng.uniform(0.10, 0.17)))
    yield
    apron(stage, tufts=0)


def _ring(stage: Stage, x: float, k: int, colour: ArrayLike) -> None:
    """Rock with a hole in it: an outline round the frame, then back along the hole."""
    w, h, turn = stage.width, stage.height, np.linspace(0, 2 * np.pi, 180)
    rough = noise_line(stage.rng, 180, 11, 3) * (0.10 + 0.02 * k)
    rough = rough * np.sin(turn / 2) ** 0.5  # both ends meet
    reach = (0.20 + 0.13 * k) * (1 + rough)
    wide = max(stage.unit, 0.75 * w if not stage.tall else 0.0) * 1.15
    hole = np.stack([x + reach * wide * np.cos(turn), stage.y(0.47) + reach * h * 0.92 * np.sin(turn)], 1)
    floor = stage.y(0.66 + 0.045 * k)
    hole[:, 1] = np.minimum(hole[:, 1], floor + rough * h * 0.12)
    frame = points([[w + 9, hole[0, 1]], [w + 9, -9], [-9, -9], [-9, h + 9], [w + 9, h + 9], [w + 9, hole[0, 1]]])
    outline = np.concatenate([hole, hole[:1], frame])
    soft = Shadow(0, stage.unit * 0.008, stage.unit * 0.018, 0.35)
    stage.canvas.polygon(outline, shade(colour, 0.04), foot=shade(colour, -0.05), shadow=soft)
    for _ in range(3 + k):
        _stalactite(stage, hole, shade(colour, 0.01))


def _stalactite(stage: Stage, hole: np.ndarray[tuple[int, int], np.dtype[np.float64]], colour: ArrayLike) -> None:
    spot = hole[int(stage.rng.integers(100, 172))]
    long, half = stage.unit * float(stage.rng.uniform(0.03, 0.09)), stage.unit * float(stage.rng.uniform(0.008, 0.016))
    root = spot[1] - long * 0.3
    stage.canvas.polygon([(spot[0] - half, root), (spot[0] + half, root), (spot[0], root + long)], colour)


def _crystal(stage: Stage, x: float, base: float, height: float) -> None:
    p, canvas = stage.palette, stage.canvas
    gem = mix(p.accent, p.far, 0.30)
    canvas.glow(x, base - height * 0.4, height * 1.1, gem, 0.30, "screen")
    for lean, size in ((-0.32, 0.70), (0.34, 0.62), (0.02, 1.0)):
        tip, half = (x + lean * height, base - height * size), height * 0.11
        middle = (x + lean * height * 0.62, base - height * size * 0.72)
        canvas.polygon([(x - half, base), (middle[0] - half, middle[1]), tip, middle, (x, base)], shade(gem, 0.06))
        canvas.polygon([(x, base), middle, tip, (middle[0] + half, middle[1]), (x + half, base)], shade(gem, -0.08))


def _in_a_cave(icon: Icon) -> bool:
    if icon.name in {"pick", "flashlight", "old-key", "candle", "bone", "gem-stone", "coin"}:
        return True
    if icon.name in VESSELS or icon.name in SWIMMERS or not out_of_doors(icon):
        return False
    return icon.kind in {Kind.ANIMAL, Kind.PERSON} or icon.name == "fire"


BACKDROP = Backdrop("cave", paint, palettes=("ember", "plum", "teal", "midnight"), admits=_in_a_cave, lamplit=True)
