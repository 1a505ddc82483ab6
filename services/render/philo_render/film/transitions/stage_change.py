"""The stage is set anew: the old picture sinks, paper waves in the colours of the new one rise, and it behind them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from philo_render.film.edges import Curve, Edge, lay
from philo_render.film.planes import U8, Planes
from philo_render.film.raster import Colour

SINK, RISE = 0.09, 0.14
"""How far the old picture sinks and the new one comes up, shares of the height."""
SHADOW, RIM = 0.045, 0.0022
"""Breadth of a sheet's shadow and of its lit upper rim, shares of the height."""
WAVES = ((0.8, 0.045), (1.9, 0.020), (4.3, 0.006))
"""Waves across the frame, and how high they are, a share of the frame's height."""


class Sheet(NamedTuple):
    """It sets out at `start` and is up after `lasts` (shares of the time); `light` is its luma beside the ground's."""

    start: float
    lasts: float
    light: float


PAPERS = (Sheet(0.00, 0.66, 0.72), Sheet(0.12, 0.72, 0.86))
PICTURE = Sheet(0.24, 0.76, 1.0)


def draw(out: Planes, former: Planes, share: float) -> None:
    sunk = _moved(former, SINK * _out(share))
    for nth, paper in enumerate(PAPERS):
        _lay(sunk, _tint(out, paper.light), paper, nth, share)
    up = 1.0 - _up(PICTURE, share)
    _lay(sunk, _moved(out, RISE * up), PICTURE, len(PAPERS), share)
    for plane, done in zip(out, sunk, strict=True):
        np.copyto(plane, done)


def _lay(behind: Planes, sheet: Planes | Colour, paper: Sheet, nth: int, share: float) -> None:
    height, width = behind.y.shape
    line = _wave(width, height, nth)
    shadow = SHADOW * height
    start, end = height + shadow + 2 - float(line.min()), -float(line.max()) - RIM * height - 2
    place = line + np.float32(start + _up(paper, share) * (end - start))
    edge = Edge(shadow=shadow, depth=0.42, ink=(214, 124, 132), strength=0.55)
    lay(behind, sheet, place, edge, rim=np.full(width, RIM * height, np.float32), below=True)


def _up(paper: Sheet, share: float) -> float:
    """It sets out with a swing, and settles."""
    done = min(1.0, max(0.0, (share - paper.start) / paper.lasts))
    return done * done * (3.0 - 2.0 * done)


def _out(share: float) -> float:
    return share * share


@lru_cache(12)
def _wave(width: int, height: int, nth: int) -> Curve:
    """The upper edge of the nth sheet, pixels about 0, for every column."""
    at = np.arange(width) / width
    waves = sum(reach * np.sin(2 * np.pi * (count * at + 0.37 * nth * count + 0.13)) for count, reach in WAVES)
    return np.asarray(waves * height, np.float32)


def _tint(picture: Planes, light: float) -> Colour:
    """The colour that the picture's foot has on the whole, lighter or darker."""
    foot = [plane[plane.shape[0] * 3 // 5 :: 8, ::8] for plane in picture]
    y, u, v = (float(np.median(plane)) for plane in foot)
    return round(16 + (max(52.0, y) - 16) * light), round(u), round(v)


def _moved(picture: Planes, share: float) -> Planes:
    """The picture pushed down by a share of the height; its upper edge is drawn out."""
    down = round(share * picture.y.shape[0] / 2)
    return Planes(*(_pushed(plane, down * step) for plane, step in zip(picture, (2, 1, 1), strict=True)))


def _pushed(plane: U8, down: int) -> U8:
    moved = np.empty_like(plane)
    moved[down:] = plane[: plane.shape[0] - down]
    moved[:down] = plane[:1]
    return moved
