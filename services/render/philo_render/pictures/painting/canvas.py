"""A float RGB canvas and the few strokes everything is made of. Coordinates are pixels, y grows downwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from philo_render.pictures.painting.colour import SHADOW, Colour, Pixels, blend, rgb
from philo_render.pictures.painting.raster import Mask, blur, enlarge, fill, points, shrink, stroke

Blend = Literal["over", "screen"]


@dataclass(frozen=True)
class Shadow:
    """A soft shadow: offset and blur in pixels, strength 0..1."""

    dx: float
    dy: float
    blur: float
    strength: float
    colour: str | ArrayLike = SHADOW


class Canvas:
    """`pixels` is float32 RGB (height, width, 3) in 0..1; `unit` is the short side, the measure of all sizes."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height, self.unit = width, height, min(width, height)
        self.pixels: Pixels = np.zeros((height, width, 3), np.float32)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[int, int, int, int] | None:
        """The whole pixels touched by a rectangle, cut to the canvas; None when it lies outside."""
        left, top = max(0, int(x0)), max(0, int(y0))
        right, bottom = min(self.width, int(np.ceil(x1))), min(self.height, int(np.ceil(y1)))
        return (left, top, right, bottom) if right > left and bottom > top else None

    def cover(self, alpha: Pixels, x: int, y: int, colour: str | ArrayLike, how: Blend = "over") -> None:
        """Lay one colour through an alpha plane whose corner is (x, y); what hangs over the edge is cut."""
        height, width = alpha.shape
        place = self.box(x, y, x + width, y + height)
        if place is None:
            return
        left, top, right, bottom = place
        share = alpha[top - y : bottom - y, left - x : right - x, None]
        view = self.pixels[top:bottom, left:right]
        view += (rgb(colour) - view) * share if how == "over" else (1 - view) * (rgb(colour) * share)

    def stencil(
        self,
        mask: Mask,
        x: int,
        y: int,
        colour: str | ArrayLike,
        alpha: float = 1.0,
        foot: str | ArrayLike | None = None,
        shadow: Shadow | None = None,
    ) -> None:
        """Paint through an 8-bit mask; `foot` is the colour at its lower edge."""
        if shadow:
            self.drop(mask, x, y, shadow)
        height, width = mask.shape
        place = self.box(x, y, x + width, y + height)
        if place is None:
            return
        left, top, right, bottom = place
        share = mask[top - y : bottom - y, left - x : right - x].astype(np.float32)[..., None] * (alpha / 255)
        view = self.pixels[top:bottom, left:right]
        paint: Colour = rgb(colour)
        if foot is not None:
            paint = blend(colour, foot, np.linspace(0, 1, height))[top - y : bottom - y, None, :]
        view += (paint - view) * share

    def drop(self, mask: Mask, x: int, y: int, shadow: Shadow) -> None:
        """The soft shadow of a mask, worked out at quarter size."""
        pad = int(shadow.blur * 2.5) + 1
        padded = np.pad(mask, pad)
        height, width = padded.shape
        small = shrink(padded, (max(1, width // 4), max(1, height // 4)))
        soft = enlarge(blur(small, max(0.6, shadow.blur / 4)), (width, height), smooth=False)
        self.cover(soft * (shadow.strength / 255), int(x - pad + shadow.dx), int(y - pad + shadow.dy), shadow.colour)

    def _blank(self, pts: Pixels, pad: float) -> tuple[Mask, int, int] | None:
        place = self.box(*(pts.min(0) - pad), *(pts.max(0) + pad))
        if place is None:
            return None
        left, top, right, bottom = place
        return np.zeros((bottom - top, right - left), np.uint8), left, top

    def polygon(
        self,
        pairs: ArrayLike,
        colour: str | ArrayLike,
        alpha: float = 1.0,
        foot: str | ArrayLike | None = None,
        shadow: Shadow | None = None,
    ) -> None:
        pts = points(pairs)
        blank = self._blank(pts, 2)
        if blank is None:
            return
        mask, x, y = blank
        fill(mask, pts - points([x, y]))
        self.stencil(mask, x, y, colour, alpha, foot, shadow)

    def line(
        self, pairs: ArrayLike, width: float, colour: str | ArrayLike, alpha: float = 1.0, halo: float = 0.0
    ) -> None:
        """A stroke; `halo` is the blur of a glow of its own colour."""
        pts = points(pairs)
        blank = self._blank(pts, width * 2 + 3)
        if blank is None:
            return
        mask, x, y = blank
        stroke(mask, pts - points([x, y]), width)
        glow = Shadow(0, 0, halo, alpha * 0.8, colour) if halo else None
        self.stencil(mask, x, y, colour, alpha, None, glow)

    def glow(
        self,
        x: float,
        y: float,
        radius: float,
        colour: str | ArrayLike,
        alpha: float = 0.6,
        how: Blend = "over",
        squash: float = 1.0,
    ) -> None:
        """A round soft light; `squash` below 1 flattens it."""
        reach = radius * 2.2
        place = self.box(x - reach, y - reach * squash, x + reach, y + reach * squash)
        if place is None:
            return
        left, top, right, bottom = place
        step = 4 if radius > 40 else 1
        across = np.exp(-(((np.arange(left, right, step) - x) / radius) ** 2))
        down = np.exp(-(((np.arange(top, bottom, step) - y) / (radius * squash)) ** 2))
        # the tail is cut off where the box ends: take it away, or the box shows
        light = np.maximum(down[:, None] * across[None, :] - 0.008, 0).astype(np.float32) * np.float32(alpha)
        if step > 1:
            light = enlarge(light, (right - left, bottom - top), smooth=False)
        self.cover(light, left, top, colour, how)
