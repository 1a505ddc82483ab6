"""One depth group, packed for the warp: its planes, and the rectangles in which it shows."""

from __future__ import annotations

import math
from typing import NamedTuple

import cv2
import numpy as np

from philo_render.film.cover import Rect, Tiles, cover
from philo_render.film.planes import U8, Planes, covering, from_bgr
from philo_render.film.warp import pack
from philo_render.pictures.layers import Layer

TILE = 16
"""Source pixels a side of a tile."""

_EDGE = 8
"""Rows kept above and below what a group shows, so that the warp finds nothing there instead of a repeated row."""

_REACH = 6  # pixels that a packed plane is shifted at most, and to spare

_SPREAD = (9, 5)
"""Source pixels across and down by which a rectangle's edge may be rounded in the frame: eight pixels and two."""


class Source(NamedTuple):
    """A group brought to the size of its shot: premultiplied planes and transmittance, full frame."""

    name: str
    depth: float
    planes: Planes
    through: U8


class Sheet(NamedTuple):
    """`planes` and `through`, `through_half` are packed, from row `top` on; rectangles are in tiles of the picture."""

    name: str
    depth: float
    top: int
    planes: Planes
    through: U8 | None
    through_half: U8 | None
    blended: tuple[Rect, ...]
    drawn: tuple[Rect, ...]

    @property
    def nbytes(self) -> int:
        held = (*self.planes, self.through, self.through_half)
        return sum(plane.nbytes for plane in held if plane is not None)


def source(layer: Layer, height: int, size: tuple[int, int], focus: tuple[float, float]) -> Source:
    """A layer of a picture `height` pixels tall, cut and scaled to `size` (width, height) as a flat picture is."""
    width = layer.through.shape[1]
    colour, through = np.zeros((height, width, 3), np.uint8), np.full((height, width), 255, np.uint8)
    colour[layer.top : layer.end], through[layer.top : layer.end] = layer.colour, layer.through
    if (width, height) != size:
        colour = covering(colour, *size, focus)
        through = covering(through, *size, focus)
    return Source(layer.name, layer.depth, _premultiplied(colour, through), through)


def _premultiplied(colour: U8, through: U8) -> Planes:
    """Planes whose offsets are premultiplied too: where nothing is, they are 0 and not black."""
    y, u, v = from_bgr(colour)
    half = halved(through)
    return Planes(_less(y, through, 16), _less(u, half, 128), _less(v, half, 128))


def _less(plane: U8, through: U8, offset: int) -> U8:
    return np.asarray(cv2.subtract(plane, cv2.convertScaleAbs(through, alpha=offset / 255)), np.uint8)


def halved(plane: U8) -> U8:
    return np.asarray(cv2.resize(plane, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)


def shows(through: U8) -> tuple[Tiles, Tiles]:
    """Tiles in which anything of a group is seen, and tiles in which all behind it is hidden; both to the safe side."""
    kernel = np.ones((2 * _SPREAD[1] + 1, 2 * _SPREAD[0] + 1), np.uint8)
    seen = _tiles(np.asarray(cv2.erode(through, kernel) < 255))
    open_ = _tiles(np.asarray(cv2.dilate(through, kernel) > 0))
    return seen, ~open_


def _tiles(pixels: Tiles) -> Tiles:
    height, width = pixels.shape
    padded = np.pad(pixels, ((0, -height % TILE), (0, -width % TILE)), mode="edge")
    grid = padded.reshape(len(padded) // TILE, TILE, -1, TILE)
    return np.asarray(grid.any((1, 3)))


def sheet(group: Source, step: float, seen: Tiles, hiding: Tiles) -> Sheet:
    """Pack a group for an enlargement of `step` source pixels a pixel, keeping the rows in which it shows.

    In `seen` tiles it shows at some time of the shot, in `hiding` ones nothing behind it ever does.
    """
    parts = cover(seen, hiding)
    every = (*parts.blended, *parts.drawn)
    top = max(0, min(rect.top for rect in every) * TILE - _EDGE)
    end = min(len(group.through), max(rect.end for rect in every) * TILE + _EDGE)
    y, u, v = group.planes
    packing = _packed_within if parts.blended else pack
    planes = Planes(*(packing(p, step) for p in (y[top:end], u[top // 2 : end // 2], v[top // 2 : end // 2])))
    if not parts.blended:  # planes that nothing is laid through may ring a little, as flat pictures do
        return Sheet(group.name, group.depth, top, planes, None, None, (), parts.drawn)
    last = min(end, max(rect.end for rect in parts.blended) * TILE + _EDGE)
    through = _packed_within(group.through[top:last], step)
    through_half = _packed_within(halved(group.through)[top // 2 : last // 2], step)
    return Sheet(group.name, group.depth, top, planes, through, through_half, parts.blended, parts.drawn)


def _packed_within(plane: U8, step: float) -> U8:
    """Packed, but no pixel leaves the range of the two it lies between.

    Transmittance cannot ring below nothing or above all; light that rang alone would be a bright line along each edge.
    """
    packed, width = pack(plane, step), plane.shape[1]
    wide = cv2.copyMakeBorder(plane, 0, 0, _REACH, _REACH + 1, cv2.BORDER_REPLICATE)
    for channel in range(4):
        first = _REACH + math.floor(step * (channel - 1.5))
        one, other = wide[:, first : first + width], wide[:, first + 1 : first + 1 + width]
        kept = cv2.min(cv2.max(packed[..., channel], cv2.min(one, other)), cv2.max(one, other))
        packed[..., channel] = kept
    return packed
