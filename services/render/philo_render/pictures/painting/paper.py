"""The paper look: a layer is what lies below a line; a shadow falls from its edge, a thin light runs along it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from philo_render.pictures.painting.canvas import Canvas
from philo_render.pictures.painting.colour import Pixels, blend, shade
from philo_render.pictures.painting.group import STRIP

_RIM = 0.0035  # width of the light line, in units


def sheet(
    canvas: Canvas,
    line: Pixels,
    top: ArrayLike,
    bottom: ArrayLike,
    shadow: float = 0.30,
    reach: float = 0.022,
    rim: float = 0.10,
    span: float = 0.50,
) -> None:
    """Lay paper below `line` (width,), pixels. `span` is the share of the height over which top turns into bottom."""
    height, soft = canvas.height, reach * canvas.unit
    first = int(np.clip(line.min() - soft * 4, 0, height))
    solid = int(np.clip(line.max() + 6 * _RIM * canvas.unit + 1, 0, height))
    colours = blend(top, bottom, np.clip((np.arange(height) - line.min()) / (span * height), 0, 1))
    for row in range(first, solid, STRIP):
        _strip(canvas, row, min(solid, row + STRIP), line, colours, shadow, soft, rim)
    canvas.pixels[solid:] = colours[solid:, None, :]
    canvas.hide(np.s_[solid:, :], 1)


def _strip(
    canvas: Canvas, row: int, end: int, line: Pixels, colours: Pixels, shadow: float, soft: float, rim: float
) -> None:
    below = np.arange(row, end, dtype=np.float32)[:, None] - line[None, :]
    where = np.s_[row:end, :]
    if shadow:
        fall = np.exp(np.minimum(below, 0) / soft)
        fall -= np.float32(0.02)  # an endless tail would end in a visible line
        fall = shadow * np.maximum(fall, 0)
        canvas.pixels[where] *= (1 - fall)[..., None]
        canvas.hide(where, fall)
    share = np.clip(below + 0.5, 0, 1)
    if not share.any():
        return
    paint = colours[row:end, None, :]
    if rim:
        light = rim * np.exp(-np.maximum(below, 0) / (_RIM * canvas.unit))
        paint = paint + light[..., None] * (1 - paint)
    canvas.lay(where, paint, share)


def layer(canvas: Canvas, line: Pixels, colour: ArrayLike, rim: float = 0.10, depth: float = 0.05) -> None:
    """A sheet in one colour, a little lighter at its edge and darker at its foot."""
    sheet(canvas, line, shade(colour, depth), shade(colour, -depth), rim=rim)


def flat(canvas: Canvas, y: float) -> Pixels:
    """A straight line at y pixels."""
    return np.full(canvas.width, y, np.float32)


def mist(canvas: Canvas, y: float, thickness: float, colour: ArrayLike, alpha: float) -> None:
    """A level band of mist, pixels."""
    rows = np.arange(canvas.height, dtype=np.float32)
    share = np.asarray(alpha * np.exp(-(((rows - y) / thickness) ** 2)), np.float32)
    seen = np.flatnonzero(share > 0.004)
    if len(seen):
        part = slice(int(seen[0]), int(seen[-1]) + 1)
        canvas.tint(part, colour, share[part])
