"""Colours are float32 sRGB triples in 0..1; blends and ramps go through OKLab, because plain RGB turns grey in the middle.

Source of the matrices: Björn Ottosson, "A perceptual color space for image processing" (2020).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

Pixels = NDArray[np.float32]
Colour = Pixels

_TO_CONE = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_CONE = np.linalg.inv(_TO_CONE)
_FROM_LAB = np.linalg.inv(_TO_LAB)


@lru_cache(512)
def _parsed(code: str) -> Colour:
    digits = code.lstrip("#")
    colour = np.array([int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)], np.float32)
    colour.flags.writeable = False
    return colour


def rgb(colour: str | ArrayLike) -> Colour:
    """`#rrggbb` or a triple -> float32 triple."""
    return _parsed(colour) if isinstance(colour, str) else np.asarray(colour, np.float32)


WHITE = rgb("#ffffff")
SHADOW = "#05050f"


def to_oklab(colour: str | ArrayLike) -> Pixels:
    """sRGB (..., 3) -> OKLab (..., 3)."""
    c = rgb(colour)
    linear = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    return np.asarray(np.cbrt(np.maximum(linear, 0) @ _TO_CONE.T) @ _TO_LAB.T, np.float32)


def from_oklab(lab: ArrayLike) -> Pixels:
    """OKLab (..., 3) -> sRGB (..., 3), clipped to the gamut."""
    linear = np.clip(((np.asarray(lab) @ _FROM_LAB.T) ** 3) @ _FROM_CONE.T, 0, 1)
    srgb = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.asarray(srgb, np.float32)


def mix(a: str | ArrayLike, b: str | ArrayLike, share: float) -> Colour:
    """`share` of b in a."""
    return from_oklab(to_oklab(a) * (1 - share) + to_oklab(b) * share)


def blend(a: str | ArrayLike, b: str | ArrayLike, shares: ArrayLike) -> Pixels:
    """One colour for every share: (n,) -> (n, 3)."""
    t = np.asarray(shares, np.float32)[..., None]
    return from_oklab(to_oklab(a) * (1 - t) + to_oklab(b) * t)


def shade(colour: str | ArrayLike, lightness: float = 0.0, chroma: float = 1.0) -> Colour:
    """The colour moved up or down in OKLab lightness, its chroma scaled."""
    lab = to_oklab(colour).copy()
    lab[0] = np.clip(lab[0] + lightness, 0, 1)
    lab[1:] *= chroma
    return from_oklab(lab)


def ramp(stops: Sequence[str | ArrayLike], count: int) -> Pixels:
    """`count` colours evenly along the stops: (count, 3)."""
    labs = np.stack([to_oklab(stop) for stop in stops])
    places = np.linspace(0, len(stops) - 1, count)
    channels = [np.interp(places, np.arange(len(stops)), labs[:, k]) for k in range(3)]
    return from_oklab(np.stack(channels, 1))


def luma(colour: str | ArrayLike) -> float:
    """BT.709 luma of one colour, 0..1."""
    return float(rgb(colour) @ np.array([0.2126, 0.7152, 0.0722], np.float32))
