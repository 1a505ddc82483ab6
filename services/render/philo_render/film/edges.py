"""A sheet of paper laid over a frame up to an edge of any shape, with a shadow before it and a rim of torn fibre.

Only the strip round the edge is mixed; what lies on either side of it is left or copied. Tables of 256 steps.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from philo_render.film.planes import U8, Planes
from philo_render.film.raster import Colour

Curve = NDArray[np.float32]
"""A position (pixels of luma) for every row of the frame, or for every column."""


class Edge(NamedTuple):
    """How a sheet ends: `shadow` pixels wide and `depth` dark, a rim of `ink` that is `strength` opaque.

    Without `shadow` the edge is `soft` pixels wide; every edge is at least one.
    """

    shadow: float = 0.0
    depth: float = 0.0
    ink: Colour = (16, 128, 128)
    strength: float = 0.0
    soft: float = 1.0


def lay(
    out: Planes, sheet: Planes | Colour, curve: Curve, edge: Edge, *, rim: Curve | None = None, below: bool = False
) -> None:
    """Lay `sheet` (a picture, or one colour) over `out`: to the right of the curve, or `below` it.

    `curve` has a position for every row of `out` (for every column, if below); `rim` is the breadth of the rim there.
    """
    for nth, target in enumerate(out):
        step = 2 if nth else 1
        near = edge._replace(shadow=0.0 if nth else edge.shadow, soft=max(1.0, edge.soft / step))
        size = target.shape[1] if below else target.shape[0]
        breadth = None if rim is None else _sampled(rim, step, size)
        _lay(_Side(target, sheet[nth], edge.ink[nth], below), _sampled(curve, step, size), near, breadth)


def _sampled(curve: Curve, step: int, size: int) -> Curve:
    """Every position, or every second one; planes of colour may be padded a little farther than the curve goes."""
    at = np.minimum(np.arange(size) * step, len(curve) - 1)
    return np.asarray(curve[at] / np.float32(step), np.float32)


class _Side(NamedTuple):
    """A plane, what is laid over it and the ink of its rim."""

    target: U8
    sheet: U8 | int
    ink: int
    below: bool

    def part(self, first: int, last: int | None) -> tuple[U8, U8 | int]:
        """Across the edge, from `first` up to `last`."""
        cut = np.s_[first:last] if self.below else np.s_[:, first:last]
        return self.target[cut], self.sheet if isinstance(self.sheet, int) else self.sheet[cut]


def _lay(side: _Side, curve: Curve, edge: Edge, rim: Curve | None) -> None:
    size = side.target.shape[0 if side.below else 1]
    reach = float(rim.max()) if rim is not None else 0.0
    first = int(np.clip(np.floor(curve.min() - edge.shadow - edge.soft), 0, size))
    last = int(np.clip(np.ceil(curve.max() + reach + edge.soft), 0, size))
    rest, whole = side.part(last, None)
    rest[:] = whole
    if first >= last:
        return
    zone, over = side.part(first, last)
    if isinstance(over, int):
        over = np.full_like(zone, over)
    places = np.arange(first, last, dtype=np.float32)
    inside = _inside(places, curve, below=side.below)
    if edge.shadow:
        calm = cv2.GaussianBlur(curve.reshape(-1, 1), (0, 0), edge.shadow * 0.35).ravel()  # no teeth in a shadow
        _shade(zone, _inside(places, np.asarray(calm, np.float32), below=side.below), edge)
    if rim is not None:
        fibre = inside - (rim[None, :] if side.below else rim[:, None])
        over = _mixed(np.full_like(zone, side.ink), over, _cover(fibre, edge.soft, edge.strength))
    zone[:] = _mixed(zone, over, _cover(inside, edge.soft))


def _inside(places: Curve, curve: Curve, *, below: bool) -> Curve:
    """How far inside the sheet every pixel of the strip is."""
    return places[:, None] - curve[None, :] if below else places[None, :] - curve[:, None]


def _cover(inside: Curve, soft: float, strength: float = 1.0) -> U8:
    """0..255: how much of the sheet is seen this far inside it; at least `1 - strength`."""
    steps = np.clip(inside * np.float32(255.0 / soft) + np.float32(127.5), 0, 255).astype(np.uint8)
    table = np.arange(256) if soft <= 1.0 else 255 * _smooth(np.arange(256) / 255)
    least = 255 * (1 - strength)
    return np.asarray(cv2.LUT(steps, np.rint(least + table * strength).astype(np.uint8)), np.uint8)


def _shade(zone: U8, inside: Curve, edge: Edge) -> None:
    """Darken what lies before the edge, the more the nearer; black is 16."""
    steps = np.clip(inside * np.float32(255.0 / edge.shadow) + np.float32(255.0), 0, 255).astype(np.uint8)
    light = 255 * (1 - edge.depth * (np.arange(256) / 255) ** 2)
    cv2.multiply(zone, cv2.LUT(steps, np.rint(light).astype(np.uint8)), dst=zone, scale=1 / 255)
    cv2.add(zone, cv2.LUT(steps, np.rint(16 * (1 - light / 255)).astype(np.uint8)), dst=zone)


def _mixed(one: U8, other: U8, share: U8) -> U8:
    """`share` (0..255) of the other."""
    kept = cv2.multiply(one, cv2.bitwise_not(share), scale=1 / 255)
    return np.asarray(cv2.add(kept, cv2.multiply(other, share, scale=1 / 255)), np.uint8)


def _smooth(share: NDArray[np.float64]) -> NDArray[np.float64]:
    return share * share * (3 - 2 * share)
