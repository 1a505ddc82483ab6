"""Text set as coverage: where its letters are, 0..255, with fallback from face to face."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image, ImageDraw

from philo_render.film.fonts import Face, font, runs
from philo_render.film.planes import U8


class Style(NamedTuple):
    """The faces to try, the size in pixels, the weight."""

    chain: tuple[Face, ...]
    size: float
    weight: int

    def scaled(self, factor: float) -> Style:
        return self._replace(size=self.size * factor)


class Canvas:
    """A grey picture to write on; sides are even."""

    def __init__(self, width: float, height: float) -> None:
        self.image = Image.new("L", (_even(width), _even(height)), 0)
        self.pen = ImageDraw.Draw(self.image)

    def write(self, text: str, style: Style, left: float, baseline: float) -> None:
        for run in runs(text, style.chain):
            face = font(run.face, style.size, style.weight)
            self.pen.text((left, baseline), run.text, font=face, fill=255, anchor="ls")
            left += face.getlength(run.text)

    @property
    def cover(self) -> U8:
        return np.asarray(self.image, np.uint8)


def length(text: str, style: Style) -> float:
    """The advance of one line of text, pixels."""
    return sum(font(run.face, style.size, style.weight).getlength(run.text) for run in runs(text, style.chain))


def space(style: Style) -> float:
    return font(style.chain[0], style.size, style.weight).getlength(" ")


def blurred(cover: U8, radius: float, strength: float) -> U8:
    """A soft shadow of the coverage; `radius` in pixels."""
    soft = cv2.GaussianBlur(cover, (0, 0), max(0.4, radius))
    return np.asarray(cv2.convertScaleAbs(soft, alpha=strength), np.uint8)


def _even(size: float) -> int:
    return -(-int(size + 0.999) // 2) * 2
