"""The last pass: vignette, a calm foot for subtitles, grain; float RGB -> 8-bit BGR."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from philo_render.pictures.painting.canvas import Canvas
from philo_render.pictures.painting.colour import Pixels
from philo_render.pictures.painting.noise import Rng
from philo_render.pictures.painting.raster import blur, enlarge

_STRIP = 32
_TILE = 512
_GRAIN = 0.009 * 255


@lru_cache(1)
def _grain() -> Pixels:
    raw = np.random.default_rng(7).normal(0, 1, (_TILE, _TILE)).astype(np.float32)
    mixed = 0.75 * raw + 1.44 * blur(raw, 1.1)
    return np.asarray(mixed / mixed.std() * (0.75 * _GRAIN), np.float32)


def _light(canvas: Canvas, vignette: float, calm: float, foot: float) -> Pixels:
    """How much of its light each pixel keeps: (height, width)."""
    width, height = canvas.width // 16 + 1, canvas.height // 16 + 1
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    off_centre = ((x / width - 0.5) ** 2 + (y / height - 0.46) ** 2) * 2.4
    kept = 1 - vignette * np.clip(off_centre - 0.12, 0, 1)
    down = np.clip((np.arange(height) / height - foot) / (1 - foot), 0, 1)[:, None]
    kept *= 1 - calm * down * down * (3 - 2 * down)
    return enlarge(kept, (canvas.width, canvas.height), smooth=False)


def finish(canvas: Canvas, rng: Rng, dark: bool, foot: float) -> NDArray[np.uint8]:
    """8-bit BGR (height, width, 3). `foot` is the share of the height where the calm part begins."""
    kept = _light(canvas, *((0.20, 0.16) if dark else (0.13, 0.20)), foot)
    left, top = (int(v) for v in rng.integers(0, _TILE, 2))
    tiles = np.concatenate([_grain()] * (canvas.width // _TILE + 2), 1)[:, left : left + canvas.width]
    out = np.empty((canvas.height, canvas.width, 3), np.uint8)
    for row in range(0, canvas.height, _STRIP):
        end = min(canvas.height, row + _STRIP)
        strip = canvas.pixels[row:end] * (kept[row:end, :, None] * np.float32(255))
        strip += (np.take(tiles, range(top + row, top + end), 0, mode="wrap") + np.float32(0.5))[..., None]
        np.clip(strip, 0, 255, out=strip)
        out[row:end] = strip[..., ::-1]
    return out
