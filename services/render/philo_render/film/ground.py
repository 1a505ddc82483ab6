"""What lies behind large letters: where it is calm enough for them, and in which ink they are read there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import cv2
import numpy as np

from philo_render.film.format import Format, Shape
from philo_render.film.planes import U8, Planes
from philo_render.film.raster import Colour, colour

WHITE: Colour = colour(255, 255, 255)
NIGHT: Colour = colour(10, 13, 24)
STEP = 8
"""Pixels a sample."""


class Ink(NamedTuple):
    """Letters, what is put softly behind them, and how strongly (0..1)."""

    letters: Colour
    shade: Colour
    strength: float


ASIDE: dict[Shape, tuple[float, ...]] = {
    "wide": (0.5, 0.42, 0.58, 0.35, 0.65, 0.29, 0.71),
    "square": (0.5,),
    "tall": (0.5,),
}
"""Where the middle of a block may lie, shares of the width; only wide frames have room beside their hero."""
MARGIN = 0.06
"""From the frame's sides, a share of the width."""


def calmest(
    ground: Planes, format_: Format, size: tuple[int, int], wished: float, span: tuple[float, float]
) -> tuple[int, int]:
    """Left and top at which a block of (width, height) pixels stands on the calmest ground.

    Its middle lies within `span` and rather near `wished`, shares of the frame's height, and rather in the middle.
    """
    small = ground.y[::STEP, : format_.width : STEP].astype(np.float32)
    unrest = np.abs(cv2.Laplacian(small, cv2.CV_32F)) + np.abs(small - cv2.blur(small, (9, 9)))
    found: list[tuple[float, int, int]] = []
    for across, middle in product(_sides(format_, size[0]), np.linspace(*span, 19)):
        left = max(0, round(across * format_.width - size[0] / 2))
        top = max(round(0.05 * format_.height), round(middle * format_.height - size[1] / 2))
        rows = slice(top // STEP, max(top // STEP + 1, (top + size[1]) // STEP))
        columns = slice(left // STEP, max(left // STEP + 1, (left + size[0]) // STEP))
        calm = float(unrest[rows, columns].mean()) + 0.3 * float(small[rows, columns].std())
        cost = calm + 18.0 * abs(middle - wished) + 12.0 * abs(across - 0.5)
        found.append((cost, left, top))
    _, left, top = min(found)
    return left & ~1, top & ~1


def _sides(format_: Format, width: int) -> Iterator[float]:
    """The middle first, which is taken whatever its margin."""
    room = 0.5 - MARGIN - width / format_.width / 2
    yield from (across for across in ASIDE[format_.shape] if across == 0.5 or abs(across - 0.5) <= room)


def ink(ground: Planes, corner: tuple[int, int], size: tuple[int, int]) -> Ink:
    """By what lies behind: a deep shade of a calm bright sky, else white with a shadow; the busier, the stronger."""
    left, top = corner
    across = left, min(ground.y.shape[1], left + size[0])
    y, u, v = (_cut(plane, top, size[1], across, 2 if nth else 1) for nth, plane in enumerate(ground))
    light, unrest = float(np.median(y)), float(np.std(y))
    tone = round(float(np.mean(u))), round(float(np.mean(v)))
    if light > 118 and unrest < 30.0:
        deep = (round(128 + 0.75 * (tone[0] - 128)), round(128 + 0.75 * (tone[1] - 128)))
        return Ink((46, *deep), (round(light), *tone), min(0.9, max(0.03 * unrest, _dimmed(y, light))))
    return Ink(WHITE, NIGHT, min(1.0, (0.45 if light < 90 else 0.75) + 0.008 * unrest))


def _dimmed(ground: U8, light: float) -> float:
    """How much of its own light dark ink needs where something dark stands on a bright ground: a jar on a shelf."""
    return min(0.9, max(0.0, (light - float(np.percentile(ground, 4)) - 30.0) / 60.0))


def _cut(plane: U8, top: int, height: int, across: tuple[int, int], step: int) -> U8:
    part = plane[top // step : max(top // step + 1, (top + height) // step), across[0] // step : across[1] // step]
    return np.asarray(part, np.uint8)
