"""A few large words: balanced lines, as large as they can be, as one raster with its shadow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import cv2
import grapheme  # type: ignore[import-untyped]
import numpy as np

from philo_render.film.bidi import runs_right_to_left
from philo_render.film.lettering import Canvas, blurred
from philo_render.film.raster import Colour, Raster, over, solid
from philo_render.film.typesetting import Style, leading, length, set_line
from philo_render.film.writing import FULL_STOPS, NO_END, NO_START, PAUSES, is_square_writing

LEADING = 1.16
AIR = 0.9
"""Room round the letters for their shadow, in letter sizes."""


class Headline(NamedTuple):
    """Letters that are set, but have no colour yet; `size` is that of a letter, `air` the empty rim, pixels."""

    canvas: Canvas
    size: float
    air: int

    def inked(self, ink: Colour, shade: Colour, strength: float) -> Raster:
        """With a soft `shade` behind the letters: a shadow, or light round dark ink; `strength` 0..1."""
        letters = self.canvas.inked(ink)
        if strength <= 0:
            return letters
        shape = self.canvas.shape
        wide, close = (blurred(shape, radius * self.size, force * strength) for radius, force in _SHADES)
        return over(solid(np.asarray(cv2.max(wide, close), np.uint8), shade), letters)


_SHADES = ((0.20, 1.3), (0.05, 0.7))
"""Radius in letter sizes, and force."""


def headline(text: str, style: Style, widest: float) -> Headline:
    """Centred lines no wider than `widest` pixels. Of a text that cannot be written nothing is seen."""
    rows, style = _fitted(text, style, widest)
    rtl, pad, step = runs_right_to_left(text), AIR * style.size, _leading(text, style) * style.size
    lines = [set_line([row], [0.0], style, rtl=rtl) for row in rows]
    canvas = Canvas(max(line.width for line in lines) + 2 * pad, step * len(lines) + 2 * pad)
    for row, line in enumerate(lines):
        left, baseline = (canvas.image.width - line.width) / 2, pad + row * step + 0.5 * step + 0.37 * style.size
        canvas.write(line, style, left, baseline)
    return Headline(canvas, style.size, round(pad))


def _leading(text: str, style: Style) -> float:
    """Large letters stand closer than small ones."""
    return LEADING * leading(text, style) / 1.30


def _fitted(text: str, style: Style, widest: float) -> tuple[list[str], Style]:
    """A few balanced lines, as large as they can be; long titles are set smaller."""
    for pieces, count, factor in _attempts(text):
        smaller = style.scaled(factor)
        lines = _balanced(pieces, count, smaller)
        if len(lines) <= count and _widest(lines, smaller) <= widest:
            return lines, smaller
    smaller = style.scaled(0.42)
    while _widest(lines := _balanced(_pieces(text), 5, smaller), smaller) > widest and smaller.size > 1:
        smaller = smaller.scaled(0.9)
    return lines, smaller


def _attempts(text: str) -> Iterator[tuple[list[str], int, float]]:
    """Pieces, lines and share of the full size, best first. Chinese shows no word borders: rather smaller than broken."""
    pieces = _pieces(text)
    if is_square_writing(text):
        yield from (([text], 1, factor) for factor in (1.0, 0.85))
        phrases = _phrases(text)
        yield from ((phrases, len(phrases), factor) for factor in (1.0, 0.85, 0.72) if 1 < len(phrases) < 4)
        yield from (([text], 1, factor) for factor in (0.72, 0.62))
    yield from ((pieces, count, factor) for factor in (1.0, 0.85, 0.72) for count in (1, 2, 3))
    yield from ((pieces, count, factor) for factor in (0.66, 0.58, 0.50, 0.42) for count in (1, 2, 3, 4, 5))


def _phrases(text: str) -> list[str]:
    """Chinese parted behind its signs."""
    phrases = [""]
    for character in text:
        if phrases[-1] and phrases[-1][-1] in PAUSES | FULL_STOPS and character not in NO_START:
            phrases.append("")
        phrases[-1] += character
    return phrases


def _widest(lines: list[str], style: Style) -> float:
    return max(length(line, style) for line in lines)


def _balanced(pieces: list[str], count: int, style: Style) -> list[str]:
    """The pieces in at most `count` lines, the widest of them as narrow as can be."""
    sizes = [length(piece, style) for piece in pieces]
    low, high = max(sizes), sum(sizes)
    while high - low > 1.0:
        middle = (low + high) / 2
        if len(_wrapped(pieces, sizes, middle)) <= count:
            high = middle
        else:
            low = middle
    return _wrapped(pieces, sizes, high)


def _wrapped(pieces: list[str], sizes: list[float], limit: float) -> list[str]:
    lines, room = [""], limit
    for piece, size in zip(pieces, sizes, strict=True):
        if size > room + 1e-6 and lines[-1]:
            lines.append("")
            room = limit
        lines[-1] += piece
        room -= size
    return [line.strip() for line in lines]


def _pieces(text: str) -> list[str]:
    """What may not be broken: words with the space after them; in Chinese, graphemes with their signs."""
    if not is_square_writing(text):
        return [word + " " for word in text.split(" ")]
    pieces: list[str] = []
    for cluster in grapheme.graphemes(text):
        if pieces and (cluster in NO_START or pieces[-1][-1] in NO_END or _is_latin(pieces[-1][-1] + cluster)):
            pieces[-1] += cluster
        else:
            pieces.append(cluster)
    return pieces or [""]


def _is_latin(pair: str) -> bool:
    return pair.isascii() and pair.isalnum()
