"""Pencil and watercolour: thin colour on white paper, pools that dry with a dark rim, grain of the pigment."""

from __future__ import annotations

import cv2
import numpy as np

from philo_render.pictures.look import Look, Plate
from philo_render.pictures.painting.colour import Pixels, rgb
from philo_render.pictures.painting.edges import coloured, outlines, ramped, spread
from philo_render.pictures.painting.texture import dust, fibres

_PAPER = rgb("#fdfaf2")


def develop(plate: Plate) -> Pixels:
    luma = plate.luma()
    edge = outlines(plate.light, plate.unit * 0.0026)
    grain = plate.cut(fibres()) - np.float32(0.5)
    strength = np.float32(0.79) + np.float32(0.26) * plate.cut(dust(17, 9.0)) + np.float32(0.20) * grain
    strength += np.float32(0.45) * ramped(edge, 0.04, 0.34)
    strength *= np.float32(1.02) - np.float32(0.40) * ramped(luma, 0.25, 0.85)  # light passages: much water
    body = plate.light * np.float32(1.35) - spread(luma) * np.float32(0.35)  # clear colour: pigment, not paint
    absorbed = cv2.log(np.clip(body, 0.02, 1.0)) * spread(strength)
    pencil = ramped(edge, 0.05, 0.22) * np.clip(np.float32(0.25) + np.float32(0.28) * grain, 0, 1)
    dried: Pixels = np.asarray(cv2.exp(absorbed), np.float32) * coloured(1 - pencil, _PAPER)
    return np.asarray(np.clip(dried, 0, 1), np.float32)


LOOK = Look("watercolour", "Pencil and watercolour", develop)
