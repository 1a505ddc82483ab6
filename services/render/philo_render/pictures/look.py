"""The interface of a look. Adding one is one new file in `looks/` that names a `LOOK`.

A look develops the finished painting as a photographer would, whatever the backdrop painted; so it works with every
scene. In depth groups each group's painting is developed by itself: what a group does not touch must come out the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from philo_render.pictures.painting.colour import Pixels

_LUMA = np.array([[0.2126, 0.7152, 0.0722]], np.float32)


@dataclass(frozen=True)
class Plate:
    """Some rows of a painting, as a look gets them.

    `light` (rows, width, 3) is sRGB 0..1; `broad` (rows, width) the luma of the wide surroundings; `top` the first row's
    place in the picture; `size` the picture's (width, height); `sun` where the light stands, shares of both; `dark`
    tells whether the palette is one of the night.
    """

    light: Pixels
    broad: Pixels
    top: int
    size: tuple[int, int]
    sun: tuple[float, float]
    dark: bool

    @property
    def unit(self) -> int:
        return min(self.size)

    def luma(self) -> Pixels:
        return np.asarray(cv2.transform(self.light, _LUMA), np.float32)

    def cut(self, texture: Pixels) -> Pixels:
        """The part of an endless square texture that lies over these rows: (rows, width)."""
        side, width = len(texture), self.size[0]
        rows = texture[(self.top + np.arange(len(self.light))) % side]
        out = np.empty((len(rows), width), np.float32)
        for left in range(0, width, side):
            out[:, left : left + side] = rows[:, : min(side, width - left)]
        return out

    def rows(self) -> Pixels:
        """Heights of these rows, shares of the picture: (rows, 1)."""
        return np.asarray((self.top + np.arange(len(self.light), dtype=np.float32))[:, None] / self.size[1], np.float32)

    def columns(self) -> Pixels:
        """Shares of the width: (1, width)."""
        return np.asarray(np.arange(self.size[0], dtype=np.float32)[None, :] / self.size[0], np.float32)


Develop = Callable[[Plate], Pixels]
"""Returns sRGB (rows, width, 3), 0..1. May use what stands within `REACH` units of a pixel, and nothing further."""

REACH = 0.008


@dataclass(frozen=True)
class Look:
    """`title` is for people who choose. Without `develop` the painting is shown as it was painted.

    `surroundings`: `Plate.broad` is needed; it is zero otherwise.
    """

    name: str
    title: str
    develop: Develop | None = None
    surroundings: bool = False
