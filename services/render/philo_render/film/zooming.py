"""From one framing of a picture to the next: the camera comes near or draws back in one swing, nothing is seen twice."""

from __future__ import annotations

import cv2
import numpy as np

from philo_render.film.camera import View, smooth
from philo_render.film.planes import U8, Planes
from philo_render.film.raster import mix

OWN = 0.90
"""Share of the way that the wider framing is seen alone: it is enlarged until it lies under the nearer one."""


def zoom(out: Planes, former: Planes, views: tuple[View, View], share: float) -> None:
    """`out` holds the new framing and is left with the mixed frame; `views` are what former and new see, `share` 0..1."""
    before, after = views
    seen = between(before, after, share)
    if before.extent >= after.extent:
        mix(out, _enlarged(former, before, seen), smooth((share - OWN) / (1.0 - OWN)))
        return
    wide = _enlarged(out, after, seen)
    mix(wide, former, smooth(share / (1.0 - OWN)))
    for plane, done in zip(out, wide, strict=True):
        np.copyto(plane, done)


def between(before: View, after: View, share: float) -> View:
    """Grows evenly to the eye, straight towards the one point that both see in the same place of the frame."""
    extent = before.extent * (after.extent / before.extent) ** share
    apart = after.extent - before.extent
    way = (extent - before.extent) / apart if abs(apart) > 1e-6 else share
    return View(before.left + way * (after.left - before.left), before.top + way * (after.top - before.top), extent)


def _enlarged(frame: Planes, whole: View, part: View) -> Planes:
    """The part of a frame, which sees `whole`, over all of it."""
    scale = part.extent / whole.extent
    left, top = (part.left - whole.left) / whole.extent, (part.top - whole.top) / whole.extent
    return Planes(*(_stretched(plane, scale, left, top) for plane in frame))


def _stretched(plane: U8, scale: float, left: float, top: float) -> U8:
    height, width = plane.shape
    affine = np.array(
        [
            [scale, 0.0, left * width + 0.5 * scale - 0.5],
            [0.0, scale, top * height + 0.5 * scale - 0.5],
        ]
    )
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(plane, affine, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE))
