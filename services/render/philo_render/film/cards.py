"""Words that stand alone: the opening title and the end."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import grapheme  # type: ignore[import-untyped]
import numpy as np

from philo_render.film.bidi import runs_right_to_left
from philo_render.film.camera import smooth
from philo_render.film.chunk import Card
from philo_render.film.fallback import ITALIC_CHAIN, SERIF_CHAIN, chain_for
from philo_render.film.format import Format
from philo_render.film.lettering import Canvas, blurred
from philo_render.film.planes import Planes
from philo_render.film.raster import Colour, Raster, colour, dim, over, paste, solid
from philo_render.film.subtitle import WHITE
from philo_render.film.typesetting import Style, leading, length, set_line
from philo_render.film.writing import NO_END, NO_START, is_square_writing

NIGHT: Colour = colour(10, 13, 24)
BLACK: Colour = (16, 128, 128)
TITLE_CENTRE = 0.30
END_CENTRE = 0.46
LEADING = 1.16
TITLE_GOES = 0.1
"""Seconds after its end until the title is gone."""


class Title:
    """The opening title: comes up with the picture, leaves before the first word. `ground` is a frame it stands on."""

    def __init__(self, card: Card, format_: Format, ground: Planes) -> None:
        self.card, self.format = card, format_
        large = 0.135 if format_.shape == "wide" else 0.120
        style = Style(chain_for(card.text, SERIF_CHAIN), large * format_.short_side, 640)
        self.raster = _lettered(card.text, style, format_, *_ink(_sky_of(ground, format_)))

    def draw(self, out: Planes, frame: int) -> None:
        seconds = self.format.seconds(frame - self.card.first_frame)
        left = self.format.seconds(self.card.end_frame - frame) + TITLE_GOES
        strength = min(1.0, max(0.0, (seconds - 0.35) / 0.6)) * min(1.0, max(0.0, left / 0.45))
        risen = 1.0 - (1.0 - min(1.0, max(0.0, (seconds - 0.35) / 1.1))) ** 3
        lift = (1.0 - risen) * 0.02 * self.format.short_side
        height = TITLE_CENTRE * self.format.height + lift
        _centred(out, self.raster, height, smooth(strength))


class Ending:
    """The picture sinks into the night, the last words come, all goes black."""

    def __init__(self, card: Card, format_: Format) -> None:
        self.card, self.format = card, format_
        style = Style(chain_for(card.text, ITALIC_CHAIN), 0.13 * format_.short_side, 560)
        self.raster = _lettered(card.text, style, format_, WHITE, 0.25) if card.text else None

    def draw(self, out: Planes, frame: int) -> None:
        if frame < self.card.first_frame:
            return
        seconds = self.format.seconds(frame - self.card.first_frame)
        left = self.format.seconds(self.card.end_frame - 1 - frame)
        dim(out, NIGHT, 0.80 * smooth(seconds / 0.9))
        if self.raster is not None:
            _centred(out, self.raster, END_CENTRE * self.format.height, smooth((seconds - 0.35) / 0.7))
        if left < 0.6:
            dim(out, BLACK, 1.0 - smooth(left / 0.6))


def _centred(out: Planes, raster: Raster, centre: float, strength: float) -> None:
    height, width = raster.through.shape
    paste(out, raster, (out.y.shape[1] - width) // 2, round(centre - height / 2), strength)


def _ink(sky: Planes) -> tuple[Colour, float]:
    """Ink and shadow by what lies behind: a deep shade of a calm bright sky, else white with a shadow."""
    light = float(np.median(sky.y))
    calm = float(np.std(sky.y)) < 30.0
    if light > 118 and calm:
        u, v = (128 + 0.75 * (float(np.mean(plane)) - 128) for plane in (sky.u, sky.v))
        return (46, round(u), round(v)), 0.0
    return WHITE, 0.45 if light < 90 else 0.75


def _sky_of(frame: Planes, format_: Format) -> Planes:
    """The part of a frame that lies behind the title."""
    rows = (round(0.16 * format_.height) // 2, round(0.44 * format_.height) // 2)
    columns = (round(0.12 * format_.width) // 2, round(0.88 * format_.width) // 2)
    half = np.s_[rows[0] : rows[1], columns[0] : columns[1]]
    return Planes(frame.y[rows[0] * 2 : rows[1] * 2, columns[0] * 2 : columns[1] * 2], frame.u[half], frame.v[half])


def _lettered(text: str, style: Style, format_: Format, ink: Colour, shadow: float) -> Raster:
    rows, style = _fitted(text, style, 0.84 * format_.width)
    rtl, pad, step = runs_right_to_left(text), 0.9 * style.size, _leading(text, style) * style.size
    lines = [set_line([row], [0.0], style, rtl=rtl) for row in rows]
    canvas = Canvas(max(line.width for line in lines) + 2 * pad, step * len(lines) + 2 * pad)
    for row, line in enumerate(lines):
        left, baseline = (canvas.image.width - line.width) / 2, pad + row * step + 0.5 * step + 0.37 * style.size
        canvas.write(line, style, left, baseline)
    letters = canvas.inked(ink)
    if not shadow:
        return letters
    shape = canvas.shape
    soft = cv2.max(blurred(shape, 0.20 * style.size, 1.3 * shadow), blurred(shape, 0.05 * style.size, 0.7 * shadow))
    return over(solid(np.asarray(soft, np.uint8), NIGHT), letters)


def _leading(text: str, style: Style) -> float:
    """Large letters stand closer than small ones."""
    return LEADING * leading(text, style) / 1.30


def _fitted(text: str, style: Style, widest: float) -> tuple[list[str], Style]:
    """A few balanced lines, as large as they can be; long titles are set smaller."""
    for count, factor in _attempts(text):
        smaller = style.scaled(factor)
        lines = _balanced(text, count, smaller)
        if len(lines) <= count and _widest(lines, smaller) <= widest:
            return lines, smaller
    smaller = style.scaled(0.42)
    while _widest(lines := _balanced(text, 5, smaller), smaller) > widest and smaller.size > 1:
        smaller = smaller.scaled(0.9)
    return lines, smaller


def _attempts(text: str) -> Iterator[tuple[int, float]]:
    """Lines and share of the full size, best first. Chinese shows no word borders: rather smaller than broken."""
    if is_square_writing(text):
        yield from ((1, factor) for factor in (1.0, 0.85, 0.72, 0.62))
    yield from ((count, factor) for factor in (1.0, 0.85, 0.72) for count in (1, 2, 3))
    yield from ((count, factor) for factor in (0.66, 0.58, 0.50, 0.42) for count in (1, 2, 3, 4, 5))


def _widest(lines: list[str], style: Style) -> float:
    return max(length(line, style) for line in lines)


def _balanced(text: str, count: int, style: Style) -> list[str]:
    """`text` in at most `count` lines, the widest of them as narrow as can be."""
    pieces = _pieces(text)
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
