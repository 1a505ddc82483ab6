"""OpenCV's raster calls with the types this package speaks: float32 in, float32 out. Sizes are (width, height)."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from philo_render.pictures.painting.colour import Pixels

Mask = NDArray[np.uint8]
Points = NDArray[np.float32]

_SUBPIXEL_BITS = 4
_SUBPIXEL = 1 << _SUBPIXEL_BITS


def enlarge(field: ArrayLike, size: tuple[int, int], smooth: bool = True) -> Pixels:
    how = cv2.INTER_CUBIC if smooth else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(np.asarray(field, np.float32), size, interpolation=how), np.float32)


def shrink(field: ArrayLike, size: tuple[int, int]) -> Pixels:
    return np.asarray(cv2.resize(np.asarray(field, np.float32), size, interpolation=cv2.INTER_AREA), np.float32)


def blur(field: ArrayLike, sigma: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(np.asarray(field, np.float32), (0, 0), sigma), np.float32)


def points(pairs: ArrayLike) -> Points:
    return np.asarray(pairs, np.float32)


def fixed(pts: Points) -> NDArray[np.int32]:
    """Sub-pixel coordinates as OpenCV's fixed-point integers."""
    return np.round(pts * _SUBPIXEL).astype(np.int32)


def fill(mask: Mask, pts: Points, value: int = 255) -> None:
    cv2.fillPoly(mask, [fixed(pts)], value, cv2.LINE_AA, _SUBPIXEL_BITS)


def stroke(mask: Mask, pts: Points, width: float, value: int = 255) -> None:
    cv2.polylines(mask, [fixed(pts)], False, value, max(1, round(width)), cv2.LINE_AA, _SUBPIXEL_BITS)


def dot(mask: Mask, x: float, y: float, radius: float, value: int = 255) -> None:
    centre = (round(x * _SUBPIXEL), round(y * _SUBPIXEL))
    cv2.circle(mask, centre, max(1, round(radius * _SUBPIXEL)), value, -1, cv2.LINE_AA, _SUBPIXEL_BITS)
