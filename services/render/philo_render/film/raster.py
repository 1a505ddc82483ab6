"""Flat shapes with soft edges, premultiplied in YUV, laid over a frame inside their own box."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from philo_render.film.planes import U8, Planes

Colour = tuple[int, int, int]
"""Y, U, V; BT.709 limited range."""

FROM_RGB = np.array([[0.1826, 0.6142, 0.0620], [-0.1006, -0.3386, 0.4392], [0.4392, -0.3989, -0.0403]])
"""BT.709, full-range RGB to limited-range YUV."""


class Raster(NamedTuple):
    """Premultiplied planes and what they let through (255: everything), whole and at half size; even sides."""

    planes: Planes
    through: U8
    through_half: U8


def colour(red: int, green: int, blue: int) -> Colour:
    y, u, v = FROM_RGB @ np.array([red, green, blue]) + (16, 128, 128)
    return round(y), round(u), round(v)


def solid(cover: U8, ink: Colour) -> Raster:
    """One colour where `cover` (height, width; 0..255; even sides) says."""
    half = np.asarray(cv2.resize(cover, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    y, u, v = (_scaled(c, value / 255) for c, value in zip((cover, half, half), ink, strict=True))
    return Raster(Planes(y, u, v), np.bitwise_not(cover), np.bitwise_not(half))


def painted(rgba: U8) -> Raster:
    """A picture (height, width, 4), full range, not premultiplied; even sides."""
    share = rgba[..., 3:].astype(np.float32) / 255
    full = cv2.transform(rgba[..., :3] * share, FROM_RGB) + share * np.array([16, 128, 128], np.float32)
    half = cv2.resize(full, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    covered = np.asarray(cv2.resize(rgba[..., 3], None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    y, u, v = (np.rint(plane).clip(0, 255).astype(np.uint8) for plane in (full[..., 0], half[..., 1], half[..., 2]))
    return Raster(Planes(y, u, v), np.bitwise_not(np.ascontiguousarray(rgba[..., 3])), np.bitwise_not(covered))


def over(lower: Raster, upper: Raster) -> Raster:
    """Both as one raster of the same size."""
    lets = (upper.through, upper.through_half, upper.through_half)
    y, u, v = (_blended(a, t, b) for a, t, b in zip(lower.planes, lets, upper.planes, strict=True))
    return Raster(
        Planes(y, u, v),
        _product(lower.through, upper.through),
        _product(lower.through_half, upper.through_half),
    )


def cropped(raster: Raster, box: tuple[int, int, int, int]) -> Raster:
    """The part inside (left, top, right, bottom), all even."""
    left, top, right, bottom = box
    whole = np.s_[top:bottom, left:right]
    half = np.s_[top // 2 : bottom // 2, left // 2 : right // 2]
    y, u, v = raster.planes
    return Raster(Planes(y[whole], u[half], v[half]), raster.through[whole], raster.through_half[half])


def set_in(raster: Raster, size: tuple[int, int], left: int, top: int) -> Raster:
    """The raster inside an empty one of (height, width), both even; what hangs over is cut."""
    height, width = size
    half = (height // 2, width // 2)
    empty = Planes(np.zeros(size, np.uint8), np.zeros(half, np.uint8), np.zeros(half, np.uint8))
    through = Planes(*(np.full_like(plane, 255) for plane in empty))
    paste(empty, raster, left, top)
    let = Raster(Planes(*(np.zeros_like(p) for p in raster.planes)), raster.through, raster.through_half)
    paste(through, let, left, top)
    return Raster(empty, through.y, through.u)


def paste(out: Planes, raster: Raster, left: int, top: int, strength: float = 1.0) -> None:
    """Lay a raster over the frame at an even place; what hangs over the edge is cut; `strength` < 1 fades it."""
    left, top = left & ~1, top & ~1
    height, width = raster.through.shape
    tall, wide = out.y.shape
    box = (max(0, -left), max(0, -top), min(width, (wide & ~1) - left), min(height, (tall & ~1) - top))
    if strength <= 0 or box[0] >= box[2] or box[1] >= box[3]:
        return
    part = cropped(raster, box)
    lets = (part.through, part.through_half, part.through_half)
    for target, plane, through, step in zip(out, part.planes, lets, (1, 2, 2), strict=True):
        rows = slice((top + box[1]) // step, (top + box[3]) // step)
        columns = slice((left + box[0]) // step, (left + box[2]) // step)
        _lay(target[rows, columns], plane, through, strength)


def _lay(target: U8, plane: U8, through: U8, strength: float) -> None:
    if strength < 1:
        plane = _scaled(plane, strength)
        through = np.asarray(cv2.convertScaleAbs(through, alpha=strength, beta=255 * (1 - strength)), np.uint8)
    cv2.multiply(target, through, dst=target, scale=1 / 255)
    cv2.add(target, plane, dst=target)


def dim(out: Planes, ink: Colour, strength: float) -> None:
    """The whole frame towards one colour."""
    for plane, value in zip(out, ink, strict=True):
        cv2.convertScaleAbs(plane, dst=plane, alpha=1 - strength, beta=value * strength)


def mix(out: Planes, former: Planes, share: float) -> None:
    """A crossfade: `share` of what `out` holds, the rest of the former."""
    for plane, old in zip(out, former, strict=True):
        cv2.addWeighted(plane, share, old, 1 - share, 0, dst=plane)


def _scaled(plane: U8, factor: float) -> U8:
    return np.asarray(cv2.convertScaleAbs(plane, alpha=factor), np.uint8)


def _product(one: U8, other: U8) -> U8:
    return np.asarray(cv2.multiply(one, other, scale=1 / 255), np.uint8)


def _blended(lower: U8, through: U8, upper: U8) -> U8:
    return np.asarray(cv2.add(_product(lower, through), upper), np.uint8)
