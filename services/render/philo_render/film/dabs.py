"""Many small lights at once, laid on a plane at sub-pixel places: flakes, drops, stars. No loop over them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from philo_render.film.planes import U8

Floats = NDArray[np.float32]
Places = NDArray[np.intp]

_MIDDLE = 128


def near(centres: ArrayLike, reach: int) -> tuple[Places, Floats]:
    """Pixels within `reach` of each centre along one axis: indices and distances, both (n, 2 * reach + 1)."""
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
    shape = bell(down, radius)[:, :, None] * bell(across, radius)[:, None, :]
    toward(plane, rows[:, :, None], columns[:, None, :], shape * share[:, None, None], value)


def toward(plane: U8, rows: Places, columns: Places, share: Floats, value: int) -> None:
    """Bring pixels `share` of the way to `value`; those outside are left out. Where two meet, the stronger wins."""
    height, width = plane.shape
    seen = (share > 0.004) & (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
    rows, columns = np.broadcast_arrays(rows, columns)
    place = rows[seen], columns[seen]
    before = plane[place].astype(np.float32)
    after = (before + (value - before) * share[seen] + np.float32(0.5)).astype(np.uint8)
    plane[place] = after
    # the last of two on one pixel was kept: going back once lets the first win if it is the stronger
    stronger = np.maximum if value >= _MIDDLE else np.minimum
    back = place[0][::-1], place[1][::-1]
    plane[back] = stronger(plane[back], after[::-1])
