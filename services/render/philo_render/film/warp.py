"""The packed warp: one four-channel affine that writes four neighbouring pixels at a time.

A plane is kept as four copies, each shifted by one output pixel against the next; a warp to a quarter of the width
then yields whole rows. It is three times as fast as warping the plane itself, and as steady. It holds while the
enlargement stays within about 5 % of the one it was packed for, so each shot packs its picture anew.
"""

from __future__ import annotations

from math import floor

import cv2
import numpy as np

from philo_render.film.camera import Camera, View, view
from philo_render.film.format import Format
from philo_render.film.planes import U8, Planes, covering, from_bgr

SHARPNESS = 1.2
"""Source pixels per output pixel at a camera scale of 1.06: enough that a slow zoom never looks soft."""

NEAR = (0.85, 1.25)
"""A picture whose own size lies so near to that is filmed as it is: each resize would cost more sharpness than it gives."""

WARP = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP


class Packed:
    """A picture ready to be filmed by one camera."""

    def __init__(self, bgr: U8, camera: Camera, format_: Format) -> None:
        scale = _scale(bgr, camera, format_)
        self.width = round(format_.width * scale / 2) * 2
        self.height = round(format_.height * scale / 2) * 2
        self.format = format_
        middle = view(camera, 0.5, 0.0).extent * self.width / format_.width
        planes = from_bgr(covering(bgr, self.width, self.height, camera.focus))
        self.packed = [pack(plane, middle) for plane in planes]

    def draw(self, seen: View, out: Planes) -> None:
        """Fill the whole frame with the seen part of the picture."""
        step_x = seen.extent * self.width / self.format.width
        step_y = seen.extent * self.height / self.format.height
        for source, target, half in zip(self.packed, out, (1, 2, 2), strict=True):
            left, top = seen.left * self.width / half, seen.top * self.height / half
            affine = np.array([[4 * step_x, 0, left + 2 * step_x - 0.5], [0, step_y, top + 0.5 * step_y - 0.5]])
            height, width = target.shape
            cv2.warpAffine(
                source,
                affine,
                (width // 4, height),
                dst=target.reshape(height, width // 4, 4),
                flags=WARP,
                borderMode=cv2.BORDER_REPLICATE,
                hint=cv2.ALGO_HINT_APPROX,
            )


def _scale(bgr: U8, camera: Camera, format_: Format) -> float:
    """Source pixels per output pixel where the whole picture is seen."""
    wanted = SHARPNESS * camera.scale / 1.06
    own = min(bgr.shape[1] / format_.width, bgr.shape[0] / format_.height)
    return own if NEAR[0] <= own / wanted <= NEAR[1] else wanted


def pack(plane: U8, step: float) -> U8:
    """Channel i holds the plane shifted by (i - 1.5) steps, resampled by a six-tap Lanczos row filter; `step` < 2."""
    return np.asarray(cv2.merge([_shifted(plane, step * (channel - 1.5)) for channel in range(4)]), np.uint8)


def _shifted(plane: U8, by: float) -> U8:
    """Only the taps that weigh anything are asked for: a filter costs by its length."""
    first = floor(by) - 2
    taps = np.arange(first, first + 6) - by
    kernel = np.sinc(taps) * np.sinc(taps / 3)
    row = (kernel / kernel.sum()).astype(np.float32)[None]
    return np.asarray(cv2.filter2D(plane, -1, row, anchor=(-first, 0), borderType=cv2.BORDER_REPLICATE), np.uint8)
