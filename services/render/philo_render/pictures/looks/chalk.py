"""Chalk on a school board: lines first, light rubbed in with the flat of the stick."""

from __future__ import annotations

import cv2
import numpy as np

from philo_render.pictures.look import Look, Plate
from philo_render.pictures.painting.colour import Pixels, rgb
from philo_render.pictures.painting.edges import coloured, inked, outlines, ramped, spread
from philo_render.pictures.painting.texture import dust, strokes

_BOARD, _CHALK = rgb("#22302d"), rgb("#f3f1e6")


def develop(plate: Plate) -> Pixels:
    luma = plate.luma()
    grains = plate.cut(dust())
    line = ramped(outlines(plate.light, plate.unit * 0.0034), 0.035, 0.15)
    line *= np.float32(0.95) * ramped(grains, 0.14, 0.42)
    share = np.clip(line + _rubbed(plate, luma, grains), 0, 0.94)
    share *= 1 - 0.45 * ramped(plate.rows(), 0.80, 0.88)  # less chalk where subtitles stand
    board = coloured(0.86 + 0.30 * plate.cut(dust(71, 3.0)), _BOARD)
    return np.clip(inked(board, _sticks(plate.light, luma), share), 0, 1)


def _rubbed(plate: Plate, luma: Pixels, grains: Pixels) -> Pixels:
    """What is lighter than its surroundings or strong in colour is filled, in slanted strokes."""
    red, green, blue = cv2.split(plate.light)
    strong = np.maximum(np.maximum(red, green), blue) - np.minimum(np.minimum(red, green), blue)
    raised = np.clip(luma - plate.broad, -0.2, 0.5) * np.float32(2.4)
    raised += np.float32(0.38) * np.clip(luma - (0.15 if plate.dark else 0.42), 0, 1)
    raised += np.float32(0.60) * ramped(strong, 0.32, 0.60)
    marks = plate.cut(strokes(41, 1.7, 13.0, 1)) * np.float32(0.65) + grains * np.float32(0.35)
    return np.asarray(np.clip(raised, 0, 0.78) * ramped(marks, 0.22, 0.74), np.float32)


def _sticks(light: Pixels, luma: Pixels) -> Pixels:
    """White chalk, tinted with what it draws."""
    tint = (light - spread(luma)) * spread(np.float32(0.4) + np.float32(1.15) * luma)
    return np.asarray(tint + coloured(np.ones_like(luma), _CHALK), np.float32)


LOOK = Look("chalk", "Chalk on a school board", develop, surroundings=True)
