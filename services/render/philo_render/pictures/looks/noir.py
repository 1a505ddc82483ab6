"""A crime film of the forties: one hard light, deep blacks, and nothing in colour but red."""

from __future__ import annotations

import cv2
import numpy as np

from philo_render.pictures.look import Look, Plate
from philo_render.pictures.painting.colour import Pixels, ramp, rgb
from philo_render.pictures.painting.edges import coloured, inked, ramped, redness
from philo_render.pictures.painting.texture import dust

_RED = rgb("#c4202c")
_TONES = ramp(["#07080c", "#191d25", "#4d5560", "#a3a8aa", "#f4f1e6"], 256)


def develop(plate: Plate) -> Pixels:
    lit = plate.luma() * _lamp(plate)
    lit *= np.float32(1.5 if plate.dark else 0.98)
    hard = np.float32(0.55) * ramped(lit, 0.08, 0.88) + np.float32(0.45) * ramped(lit, 0.30, 0.64)
    hard += (plate.cut(dust(53, 0.8)) - np.float32(0.5)) * np.float32(0.055)
    shown = np.clip(hard * 255, 0, 255).astype(np.uint8)
    film = cv2.merge([cv2.LUT(shown, np.ascontiguousarray(_TONES[:, k])) for k in range(3)])
    red = coloured(np.float32(0.35) + np.float32(0.9) * lit, _RED)
    return np.clip(inked(np.asarray(film, np.float32), red, redness(plate.light, 0.03, 0.20) * np.float32(0.92)), 0, 1)


def _lamp(plate: Plate) -> Pixels:
    """One lamp that stands where the sun stood."""
    wide, tall = plate.size
    x, y = plate.sun
    across = np.exp(-(((plate.columns() - x) * wide / plate.unit) ** 2) / 0.60)
    down = np.exp(-(((plate.rows() - y) * tall / plate.unit) ** 2) / 0.60)
    return np.asarray(0.44 + 0.62 * down * across, np.float32)


LOOK = Look("noir", "Black and white, one hard light, red", develop)
