"""A float RGB canvas and the few strokes everything is made of. Coordinates are pixels, y grows downwards.

A deep canvas also keeps how much each pixel lets through of what lay there before the group now being painted. The
painting itself stays the whole, flat picture, so flat and deep drawings cannot come apart; a group's own light is the
painting less what it lets through of the one before.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from philo_render.pictures.painting.colour import SHADOW, Colour, Pixels, blend, rgb
from philo_render.pictures.painting.group import STRIP, Group
from philo_render.pictures.painting.raster import Mask, blur, enlarge, fill, points, shrink, stroke

Blend = Literal["over", "screen"]
Box = tuple[slice, slice]

_UNTOUCHED = 0.996  # a trace that no 8-bit plane would show
_SAME = 0.02
_BRIGHTEST = 36


@dataclass(frozen=True)
class Shadow:
    """A soft shadow: offset and blur in pixels, strength 0..1."""

    dx: float
    dy: float
    blur: float
    strength: float
    colour: str | ArrayLike = SHADOW


class Canvas:
    """`pixels` is float32 RGB (height, width, 3) in 0..1; `unit` is the short side, the measure of all sizes.

    `through` (height, width), 0..1, is kept on a deep canvas once its first group, which hides all, is closed;
    `groups` are those closed so far, back to front.
    """

    def __init__(self, width: int, height: int, *, deep: bool = False) -> None:
        self.width, self.height, self.unit = width, height, min(width, height)
        self.pixels: Pixels = np.zeros((height, width, 3), np.float32)
        self.deep = deep
        self.through: Pixels | None = None
        self.groups: list[Group] = []
        self._stars: list[tuple[float, int, int, Pixels]] = []

    def group(self, name: str, depth: float) -> None:
        """Close a group: all that was painted since the last one. Nothing painted, no group; a flat canvas has none."""
        if not self.deep:
            return
        size = self.pixels.shape[:2]
        if self.through is None:
            self.groups.append(Group(name, depth, 0, self.pixels.copy(), np.zeros(size, np.float32)))
            self.through = np.ones(size, np.float32)
            return
        touched = np.flatnonzero(self.through.min(1) < _UNTOUCHED)
        if len(touched):
            first, last = int(touched[0]), int(touched[-1])
            band = slice(first // STRIP * STRIP, min(self.height, (last // STRIP + 1) * STRIP))
            self.groups.append(Group(name, depth, band.start, self.pixels[band].copy(), self.through[band].copy()))
            self.through[band] = 1

    def star(self, x: float, y: float, strength: float) -> None:
        """Remember a star that was just painted."""
        place = self.box(x, y, x + 1, y + 1)
        if self.deep and place:
            left, top = place[:2]
            self._stars.append((strength, left, top, self.pixels[top, left].copy()))

    def stars(self) -> list[tuple[int, int]]:
        """Places of the brightest stars that nothing of the backmost group was painted over, pixels."""
        sky = self.groups[0].painting
        seen = [star for star in self._stars if np.abs(sky[star[2], star[1]] - star[3]).max() < _SAME]
        seen.sort(key=lambda star: star[:3], reverse=True)
        return [(x, y) for _, x, y, _ in seen[:_BRIGHTEST]]

    def hide(self, where: Box, share: ArrayLike) -> None:
        """Note that the strokes at `where` (rows, columns) hide `share` of what lies behind."""
        if self.through is not None:
            self.through[where] *= 1 - np.asarray(share, np.float32)

    def lay(self, where: Box, colours: ArrayLike, share: Pixels) -> None:
        """Paint colours (..., 3) at `where` (rows, columns), each pixel by its share (rows, columns)."""
        view = self.pixels[where]
        view += (np.asarray(colours, np.float32) - view) * share[..., None]
        self.hide(where, share)

    def tint(self, rows: slice, colour: ArrayLike, share: Pixels) -> None:
        """Mist: colour what is there by a share a row, in every group; a veil of its own would cover half the frame."""
        self.pixels[rows] += (rgb(colour) - self.pixels[rows]) * share[:, None, None]
        for group in self.groups:
            own = group.rows(rows)
            if own:
                part, there = group.painting[own], own.start + group.top - rows.start
                part += (rgb(colour) - part) * share[there : there + len(part), None, None]

    def flood(self, light: Pixels, colour: ArrayLike) -> None:
        """Light (height, width), 0..1, that falls through everything painted so far, as a second projector's would."""
        for top, pixels in ((0, self.pixels), *((group.top, group.painting) for group in self.groups)):
            for row in range(0, len(pixels), STRIP):
                part = pixels[row : row + STRIP]
                part += (1 - part) * (light[top + row : top + row + STRIP, :, None][: len(part)] * rgb(colour))

    @contextmanager
    def upside_down(self) -> Iterator[None]:
        """Strokes in here see the picture turned over."""
        self._turn()
        yield
        self._turn()

    def _turn(self) -> None:
        self.pixels = self.pixels[::-1]
        if self.through is not None:
            self.through = self.through[::-1]

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
        where, share = np.s_[top:bottom, left:right], alpha[top - y : bottom - y, left - x : right - x]
        if how == "over":
            self.lay(where, rgb(colour), share)
        else:
            self.screen(where, rgb(colour) * share[..., None])

    def screen(self, where: Box, light: Pixels) -> None:
        """Add light (rows, columns, 3), 0..1, as a second projector would."""
        view = self.pixels[where]
        view += (1 - view) * light
        if self.through is not None:
            self.hide(where, light.max(2))

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
        share = mask[top - y : bottom - y, left - x : right - x].astype(np.float32) * np.float32(alpha / 255)
        paint: Colour = rgb(colour)
        if foot is not None:
            paint = blend(colour, foot, np.linspace(0, 1, height))[top - y : bottom - y, None, :]
        self.lay(np.s_[top:bottom, left:right], paint, share)

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
