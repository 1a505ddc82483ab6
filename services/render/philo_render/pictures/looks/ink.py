"""Brush and wash on rice paper: pale washes, dark wet edges, one seal red."""

from __future__ import annotations

import cv2
import numpy as np

from philo_render.pictures.look import Look, Plate
from philo_render.pictures.painting.colour import Pixels, rgb
from philo_render.pictures.painting.edges import coloured, inked, outlines, ramped, redness, spread, washed
from philo_render.pictures.painting.texture import fibres, strokes

_PAPER, _INK, _SEAL = rgb("#f4ecdb"), rgb("#17181d"), rgb("#b5382a")
_WASHES = 5


def develop(plate: Plate) -> Pixels:
    luma = plate.luma()
    hue = plate.light - spread(luma)
    hairs = plate.cut(strokes())
    wet = np.clip(plate.broad - luma, 0, 0.25) * np.float32(0.5)  # pigment gathers where a wash ends
    foot = 0.22 * ramped(plate.rows(), 0.78, 0.90)
    depth = _steps(cv2.pow(1 - _lifted(luma, plate), 1.45) + wet + foot, hairs)
    line = ramped(outlines(plate.light, plate.unit * 0.0032), 0.07, 0.26)
    line *= (0.36 + 0.55 * ramped(hairs, 0.28, 0.52)) * (1 - 0.6 * depth)
    ink = np.clip(depth + line, 0, 0.96)
    paper = coloured(0.96 + 0.06 * plate.cut(fibres()), _PAPER) + np.float32(0.34) * hue
    sheet = inked(paper, _INK + np.float32(0.30) * hue, ink)
    return np.clip(washed(sheet, _SEAL, redness(plate.light, 0.12, 0.34) * np.float32(0.85)), 0, 1)


def _lifted(luma: Pixels, plate: Plate) -> Pixels:
    """Night is a grey wash, not a black sheet."""
    power = 0.60 if plate.dark else 0.92
    return np.asarray(cv2.pow(np.clip((luma - np.float32(0.05)) * np.float32(1 / 0.78), 0, 1), power), np.float32)


def _steps(depth: Pixels, hairs: Pixels) -> Pixels:
    """Layers of thinned ink: soft steps, ragged where one ends."""
    scaled = np.clip(depth, 0, 1) * _WASHES + (hairs - 0.5) * np.float32(0.28)
    step = np.floor(scaled)
    return np.asarray(np.clip(step + ramped(scaled - step, 0.15, 0.85), 0, _WASHES) * (0.95 / _WASHES), np.float32)


LOOK = Look("ink", "Brush and wash on rice paper", develop, surroundings=True)
