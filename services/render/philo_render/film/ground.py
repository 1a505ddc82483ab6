"""What lies behind large letters: where it is calm enough for them, and in which ink they are read there."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

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


def calmest(ground: Planes, size: tuple[int, int], wished: float, span: tuple[float, float]) -> int:
    """The top at which a block of (width, height) pixels, centred across, stands on the calmest ground.

    Its middle lies within `span` and rather near `wished`, shares of the frame's height.
    """
    small = ground.y[::STEP, ::STEP].astype(np.float32)
    unrest = np.abs(cv2.Laplacian(small, cv2.CV_32F)) + np.abs(small - cv2.blur(small, (9, 9)))
    tall, wide = ground.y.shape
    columns = slice(max(0, (wide - size[0]) // 2 // STEP), (wide + size[0]) // 2 // STEP)
    found: list[tuple[float, int]] = []
    for middle in np.linspace(*span, 19):
        top = max(round(0.05 * tall), round(middle * tall - size[1] / 2))
        rows = slice(top // STEP, max(top // STEP + 1, (top + size[1]) // STEP))
        found.append((float(unrest[rows, columns].mean()) + 18.0 * abs(middle - wished), top))
    return min(found)[1] & ~1


def ink(ground: Planes, top: int, size: tuple[int, int]) -> Ink:
    """By what lies behind: a deep shade of a calm bright sky, else white with a shadow; the busier, the stronger."""
    wide = ground.y.shape[1]
    left, right = max(0, (wide - size[0]) // 2), min(wide, (wide + size[0]) // 2)
    y, u, v = (_cut(plane, top, size[1], (left, right), 2 if nth else 1) for nth, plane in enumerate(ground))
    light, unrest = float(np.median(y)), float(np.std(y))
    tone = round(float(np.mean(u))), round(float(np.mean(v)))
    if light > 118 and unrest < 30.0:
        deep = (round(128 + 0.75 * (tone[0] - 128)), round(128 + 0.75 * (tone[1] - 128)))
        return Ink((46, *deep), (round(light), *tone), min(0.9, 0.03 * unrest))
    return Ink(WHITE, NIGHT, min(1.0, (0.45 if light < 90 else 0.75) + 0.008 * unrest))


def _cut(plane: U8, top: int, height: int, across: tuple[int, int], step: int) -> U8:
    part = plane[top // step : max(top // step + 1, (top + height) // step), across[0] // step : across[1] // step]
    return np.asarray(part, np.uint8)
