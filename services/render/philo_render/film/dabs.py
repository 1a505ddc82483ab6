"""Many small lights at once, laid on a plane at sub-pixel places: flakes, drops, stars. No loop over them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from philo_render.film.planes import U8

Floats = NDArray[np.float32]
Places = NDArray[np.intp]

_MIDDLE = 128
_FAINT = 0.004  # less would not change a byte


def near(centres: ArrayLike, reach: int) -> tuple[Places, Floats]:
    """Pixels within `reach` of each centre along one axis: indices and distances, both (..., 2 * reach + 1)."""
    at = np.asarray(centres, np.float32)[..., None] - np.float32(0.5)
    pixels = np.rint(at).astype(np.intp) + np.arange(-reach, reach + 1)
    return pixels, (pixels - at).astype(np.float32)


def bell(distance: Floats, radius: ArrayLike) -> Floats:
    """1 in the middle, nothing beyond twice the radius (n,)."""
    wide = np.asarray(radius, np.float32).reshape(-1, *(1,) * (distance.ndim - 1))
    return np.asarray(np.maximum(np.exp(-((distance / wide) ** 2)) - np.float32(0.018), 0), np.float32)


def dots(plane: U8, x: ArrayLike, y: ArrayLike, radius: Floats, share: Floats, value: int = 235) -> None:
    """Soft round dots (n,): centres and radii in pixels; each brings its middle `share` of the way to `value`."""
    if not len(radius):
        return
    reach = max(1, int(np.ceil(2 * float(radius.max()))))
    columns, across = near(x, reach)
    rows, down = near(y, reach)
    shape = (bell(down, radius) * share[:, None])[:, :, None] * bell(across, radius)[:, None, :]
    toward(plane, rows[:, :, None], columns[:, None, :], shape, value)


def toward(plane: U8, rows: Places, columns: Places, share: Floats, value: int) -> None:
    """Bring pixels `share` of the way to `value`; those outside are left out. Where two meet, the stronger wins."""
    height, width = plane.shape
    inside = ((rows >= 0) & (rows < height)) & ((columns >= 0) & (columns < width))
    stride = plane.strides[0]
    flat = np.lib.stride_tricks.as_strided(plane, ((height - 1) * stride + width,), (1,))
    seen = (share > _FAINT) & inside
    place = (rows * stride + columns)[seen]
    before = flat[place].astype(np.float32)
    after = (before + (value - before) * share[seen] + np.float32(0.5)).astype(np.uint8)
    flat[place] = after
    # the last of two on one pixel was kept: going back once lets the first win if it is the stronger
    stronger = np.maximum if value >= _MIDDLE else np.minimum
    back = place[::-1]
    flat[back] = stronger(flat[back], after[::-1])
