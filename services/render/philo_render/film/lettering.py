"""Text set as coverage: where its letters are, 0..255, and its emoji in their colours."""

from __future__ import annotations

import cv2
import grapheme  # type: ignore[import-untyped]
import numpy as np
from PIL import Image, ImageDraw

from philo_render.film import emoji
from philo_render.film.fonts import font
from philo_render.film.planes import U8
from philo_render.film.raster import Colour, Raster, over, painted, solid
from philo_render.film.typesetting import EMOJI_ADVANCE, Line, Piece, Style

EMOJI_SIZE = 1.08
"""Of an emoji's longer side, in letter sizes."""
EMOJI_CENTRE = 0.36
"""Above the baseline: the middle of a capital letter."""


class Canvas:
    """Letters in grey, and over them pictures in colour; sides are even."""

    def __init__(self, width: float, height: float) -> None:
        self.image = Image.new("L", (_even(width), _even(height)), 0)
        self.pen = ImageDraw.Draw(self.image)
        self.pictures: Image.Image | None = None

    def write(self, line: Line, style: Style, left: float, baseline: float, *, word: int | None = None) -> None:
        """Write a line, or one of its words, where it stands on it."""
        for piece in line.pieces:
            if word is not None and piece.word != word:
                continue
            if piece.face is None:
                self._paste(piece, style, left + piece.left, baseline)
                continue
            face = font(piece.face, style.size, style.weight)
            place = (left + piece.left, baseline)
            self.pen.text(place, piece.text, font=face, fill=255, anchor="ls", direction=piece.direction)

    def _paste(self, piece: Piece, style: Style, left: float, baseline: float) -> None:
        if self.pictures is None:
            self.pictures = Image.new("RGBA", self.image.size)
        for cluster in grapheme.graphemes(piece.text):
            drawn = emoji.picture(cluster, round(EMOJI_SIZE * style.size))
            middle = (left + EMOJI_ADVANCE * style.size / 2, baseline - EMOJI_CENTRE * style.size)
            corner = (round(middle[0] - drawn.width / 2), round(middle[1] - drawn.height / 2))
            self.pictures.paste(drawn, corner, drawn)
            left += EMOJI_ADVANCE * style.size

    @property
    def cover(self) -> U8:
        """The letters."""
        return np.asarray(self.image, np.uint8)

    @property
    def shape(self) -> U8:
        """Letters and pictures: what throws a shadow."""
        if self.pictures is None:
            return self.cover
        return np.maximum(self.cover, np.asarray(self.pictures.getchannel("A"), np.uint8))

    def inked(self, ink: Colour) -> Raster:
        """Letters of one colour, pictures in theirs."""
        letters = solid(self.cover, ink)
        if self.pictures is None:
            return letters
        return over(letters, painted(np.asarray(self.pictures, np.uint8)))


def blurred(cover: U8, radius: float, strength: float) -> U8:
    """A soft shadow of the coverage; `radius` in pixels. Wide ones are made small and enlarged: nobody can see it."""
    height, width = cover.shape
    less = max(1, min(int(radius / 3.0), height // 8, width // 8))
    small = cover
    if less > 1:
        small = np.asarray(cv2.resize(cover, (width // less, height // less), interpolation=cv2.INTER_AREA), np.uint8)
    soft = cv2.GaussianBlur(small, (0, 0), max(0.4, radius / less))
    if less > 1:
        soft = cv2.resize(soft, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.convertScaleAbs(soft, alpha=strength), np.uint8)


def _even(size: float) -> int:
    return -(-int(size + 0.999) // 2) * 2
