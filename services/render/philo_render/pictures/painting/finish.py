"""The last pass: vignette, a calm foot for subtitles, grain; float RGB -> 8-bit BGR, flat or in depth groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from philo_render.pictures.layers import U8, Layer
from philo_render.pictures.painting.canvas import Canvas
from philo_render.pictures.painting.colour import Pixels
from philo_render.pictures.painting.group import STRIP, Group
from philo_render.pictures.painting.noise import Rng
from philo_render.pictures.painting.raster import blur, enlarge

_TILE = 512
_GRAIN = 0.009 * 255
_DARKEST = np.float32(1 / 255)
_SEEN = 0.08
_CLEAR = 253.5 / 255
"""A group that lets more through is not there: traces of a shadow's end would cost whole rows in every frame."""


@lru_cache(1)
def _grain() -> Pixels:
    raw = np.random.default_rng(7).normal(0, 1, (_TILE, _TILE)).astype(np.float32)
    mixed = 0.75 * raw + 1.44 * blur(raw, 1.1)
    return np.asarray(mixed / mixed.std() * (0.75 * _GRAIN), np.float32)


class Varnish:
    """The light each pixel keeps and the grain it gets, in strips that stay in the processor's cache.

    `size` is (width, height), `foot` the share of the height where the calm part begins.
    """

    def __init__(self, size: tuple[int, int], rng: Rng, dark: bool, foot: float) -> None:
        self.kept = _light(size, *((0.20, 0.16) if dark else (0.13, 0.20)), foot)
        left, self.top = (int(v) for v in rng.integers(0, _TILE, 2))
        across = np.concatenate([_grain()] * (size[0] // _TILE + 2), 1)[:, left : left + size[0]]
        self.tiles = np.concatenate([across, across[:STRIP]])

    def strips(self, top: int, end: int) -> Iterator[tuple[slice, Pixels, Pixels]]:
        """(Rows, light kept in 255ths, grain), both (rows, width), between two rows of the picture."""
        for row in range(top, end, STRIP):
            rows = slice(row, min(end, row + STRIP))
            start = (self.top + row) % _TILE
            yield rows, self.kept[rows] * np.float32(255), self.tiles[start : start + rows.stop - row]


def _light(size: tuple[int, int], vignette: float, calm: float, foot: float) -> Pixels:
    """How much of its light each pixel keeps: (height, width)."""
    width, height = size[0] // 16 + 1, size[1] // 16 + 1
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    off_centre = ((x / width - 0.5) ** 2 + (y / height - 0.46) ** 2) * 2.4
    kept = 1 - vignette * np.clip(off_centre - 0.12, 0, 1)
    down = np.clip((np.arange(height) / height - foot) / (1 - foot), 0, 1)[:, None]
    kept *= 1 - calm * down * down * (3 - 2 * down)
    return enlarge(kept, size, smooth=False)


def finish(canvas: Canvas, varnish: Varnish) -> U8:
    """8-bit BGR (height, width, 3)."""
    out = np.empty((canvas.height, canvas.width, 3), np.uint8)
    for rows, kept, grain in varnish.strips(0, canvas.height):
        out[rows] = _bytes(canvas.pixels[rows], kept, grain)
    return out


def finish_layers(canvas: Canvas, varnish: Varnish) -> tuple[Layer, ...]:
    """Every group of a deep canvas in 8 bit, back to front; vignette and grain are shared out among them."""
    first, *others = canvas.groups
    nearer = (_layer(group, canvas.groups[index::-1], varnish) for index, group in enumerate(others))
    return (_backmost(first, varnish), *nearer)


def _backmost(group: Group, varnish: Varnish) -> Layer:
    height, width = group.through.shape
    colour = np.empty((height, width, 3), np.uint8)
    for rows, kept, grain in varnish.strips(0, height):
        colour[rows] = _bytes(group.painting[rows], kept, grain)
    return Layer(group.name, group.depth, 0, colour, np.zeros((height, width), np.uint8))


def _layer(group: Group, farther: Sequence[Group], varnish: Varnish) -> Layer:
    """Its own light: the painting less what the 8-bit transmittance lets through of those farther, nearest first."""
    rows_, width = group.through.shape
    colour, through = np.empty((rows_, width, 3), np.uint8), np.empty((rows_, width), np.uint8)
    for rows, kept, grain in varnish.strips(group.top, group.end):
        own = slice(rows.start - group.top, rows.stop - group.top)
        lets = _exact(group, own, _painting(farther, rows))
        if not lets.any():
            colour[own], through[own] = _bytes(group.painting[own], kept, grain), 0
            continue
        through[own] = np.where(lets > _CLEAR, 255, lets * 255 + np.float32(0.5))
        share = through[own] * np.float32(1 / 255)
        light = group.painting[own] - _painting(farther, rows) * share[..., None]
        colour[own] = _bytes(light, kept, grain * (1 - share))
        colour[own] *= (through[own] != 255)[..., None]
    return Layer(group.name, group.depth, group.top, colour, through)


def _exact(group: Group, own: slice, farther: Pixels) -> Pixels:
    """What a group lets through, less where a look made more of the group than its own light could tell.

    A shadow may turn black and a chalk line may run beside what it draws: light cannot be negative, and nothing can be
    brought where all is let through.
    """
    lets, painting = group.through[own], group.painting[own]
    if not lets.any():
        return lets
    darker = (painting / np.maximum(farther, _DARKEST)).min(2)
    lighter = 1 - (painting - farther).max(2)
    outside = (lets > _CLEAR) & (darker > 1 - _SEEN) & (lighter > 1 - _SEEN)
    return np.asarray(np.where(outside, lets, np.minimum(lets, np.minimum(darker, 1))), np.float32)


def _painting(groups: Sequence[Group], rows: slice) -> Pixels:
    """A strip of the flat picture as the first of these groups, nearest first, left it."""
    return next(group.painting[own] for group in groups if (own := group.rows(rows)))


def _bytes(light: Pixels, kept: Pixels, grain: Pixels) -> U8:
    strip = light * kept[..., None]
    strip += (grain + np.float32(0.5))[..., None]
    np.clip(strip, 0, 255, out=strip)
    return strip.astype(np.uint8)[..., ::-1]
