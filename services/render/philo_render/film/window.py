"""One rectangle of one plane, warped into the frame or laid over what is there."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from philo_render.film.cover import Rect
from philo_render.film.planes import U8
from philo_render.film.warp import WARP

RUN = 64
"""Pixels that the warp writes in one run; what is left of a row it writes singly, ten times slower."""


class Window(NamedTuple):
    """Where a plane's frame lies in a packed plane: source pixels a pixel, and those of the frame's first corner.

    `half` is 1 for luma, 2 for chroma; `width` is the frame's, in luma pixels.
    """

    half: int
    width: int
    x: float
    y: float
    left: float
    above: float

    def draw(self, packed: U8, place: Rect, out: U8) -> None:
        """Fill a rectangle of the frame, given in luma pixels."""
        here = self._here(place, out)
        part = out[here.top : here.end, here.left : here.right]
        if part.size:
            self._warp(packed, here, part)

    def blend(
        self, packed: tuple[U8, ...], through: U8, place: Rect, outs: tuple[U8, ...], scratch: tuple[U8, U8]
    ) -> None:
        """Lay planes that are let through alike over what their rectangles hold."""
        here = self._here(place, outs[0])
        height, width = here.end - here.top, here.right - here.left
        if height <= 0 or width <= 0:
            return
        run = -(-width // RUN) * RUN
        light, lets = (flat[: height * run].reshape(height, run) for flat in scratch)
        self._warp(through, here, lets)
        for plane, out in zip(packed, outs, strict=True):
            part = out[here.top : here.end, here.left : here.right]
            self._warp(plane, here, light)
            cv2.multiply(part, lets[:, :width], dst=part, scale=1 / 255)
            cv2.add(part, light[:, :width], dst=part)

    def _here(self, place: Rect, out: U8) -> Rect:
        """The rectangle in the plane's own pixels; at the right edge with the plane's padding."""
        right = out.shape[1] if place.right >= self.width else place.right // self.half
        return Rect(place.top // self.half, place.left // self.half, place.end // self.half, right)

    def _warp(self, packed: U8, here: Rect, target: U8) -> None:
        left = self.left + self.x * (here.left + 2.0) - 0.5
        above = self.above + self.y * (here.top + 0.5) - 0.5
        height, width = target.shape
        cv2.warpAffine(
            packed,
            np.array([[4 * self.x, 0.0, left], [0.0, self.y, above]]),
            (width // 4, height),
            dst=target.reshape(height, width // 4, 4),
            flags=WARP,
            borderMode=cv2.BORDER_REPLICATE,
            hint=cv2.ALGO_HINT_APPROX,
        )
