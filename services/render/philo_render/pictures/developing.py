"""Develops a painting in a look, block by block, so that what it needs meanwhile stays small."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from philo_render.pictures.look import REACH, Look, Plate
from philo_render.pictures.painting.colour import Pixels
from philo_render.pictures.painting.raster import blur, enlarge, shrink

_BLOCK = 96
_COARSE = 16
_SURROUNDINGS = 0.05
"""How far "the wide surroundings" reach, in units."""


@dataclass(frozen=True)
class Bath:
    """What developing has to know of a picture: its size (width, height), where its light stands, whether it is night."""

    size: tuple[int, int]
    sun: tuple[float, float]
    dark: bool


def develop(painting: Pixels, top: int, look: Look, bath: Bath) -> None:
    """Develop rows of a picture in place: `painting` (rows, width, 3) begins at row `top`."""
    if look.develop is None:
        return
    broad = _broad(painting, min(bath.size)) if look.surroundings else np.zeros(painting.shape[:2], np.float32)
    pad = int(REACH * min(bath.size)) + 2
    above = painting[:0]
    for row in range(0, len(painting), _BLOCK):
        end = min(len(painting), row + _BLOCK)
        block = np.concatenate([above, painting[row : end + pad]])
        first = row - len(above)
        plate = Plate(block, broad[first : first + len(block)], top + first, bath.size, bath.sun, bath.dark)
        above = painting[max(row, end - pad) : end].copy()
        painting[row:end] = look.develop(plate)[len(plate.light) - len(block) + row - first :][: end - row]


def _broad(painting: Pixels, unit: int) -> Pixels:
    """Luma of the wide surroundings, (rows, width), worked out small."""
    rows, width = painting.shape[:2]
    small = shrink(painting, (max(1, width // _COARSE), max(1, rows // _COARSE)))
    luma = small @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    return enlarge(blur(luma, max(0.6, unit * _SURROUNDINGS / _COARSE)), (width, rows), smooth=False)
