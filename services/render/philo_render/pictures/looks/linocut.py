"""A colour linocut: four flat tones, lines left by the gouge between them, a cream sheet under all."""

from __future__ import annotations

import numpy as np

from philo_render.pictures.look import Look, Plate
from philo_render.pictures.painting.colour import Pixels, rgb
from philo_render.pictures.painting.edges import coloured, outlines, ramped, spread, washed
from philo_render.pictures.painting.raster import blur
from philo_render.pictures.painting.texture import dust, strokes

_SHEET, _KEY = rgb("#f5ecd8"), rgb("#17202b")
_TONES = 4
_GOUGE = 480
"""Marks of the gouge over one unit, in radians."""


def develop(plate: Plate) -> Pixels:
    luma = plate.luma()
    cut = _cut(blur(luma, plate.unit * 0.0014) * np.float32(1.35 if plate.dark else 1.0), plate)
    ink = _inks(plate.light, luma, cut)
    line = ramped(outlines(plate.light, plate.unit * 0.0026), 0.09, 0.20)
    line *= np.float32(0.88) * (cut > 0.3)
    missed = ramped(plate.cut(dust(91, 1.2)), 0.90, 1.0)  # by the roller
    missed *= np.float32(0.40) * (1 - np.float32(0.5) * line)
    return np.clip(washed(washed(ink, _KEY, line), _SHEET, missed), 0, 1)


def _cut(luma: Pixels, plate: Plate) -> Pixels:
    """Flat tones 0..1; where one turns into the next, gouge marks run across."""
    waver = plate.cut(strokes(61, 30.0, 9.0, 0)) * np.float32(3.2 * _GOUGE / plate.unit)
    hatch = np.sin(waver + np.asarray(plate.rows() * (plate.size[1] * _GOUGE / plate.unit), np.float32))
    scaled = np.clip(luma, 0, 0.999) * np.float32(_TONES)
    step = np.floor(scaled)
    within = (scaled - step - np.float32(0.5)) * np.float32(2.2)
    carved = step + ramped(np.asarray(within + np.float32(0.5) * hatch, np.float32), -0.12, 0.12)
    return np.asarray(carved * np.float32(1 / _TONES), np.float32)


def _inks(light: Pixels, luma: Pixels, cut: Pixels) -> Pixels:
    """The hue of what is shown in full inks, from the key's blue-black up to the sheet."""
    hue = (light - spread(luma)) * spread(np.float32(1.55) * (1 - np.abs(cut - np.float32(0.55))))
    return np.asarray(hue + coloured(1 - cut, _KEY) + coloured(cut, _SHEET), np.float32)


LOOK = Look("linocut", "Colour linocut, four flat inks", develop)
