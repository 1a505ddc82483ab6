"""The frames that a film should show, in floating point: what a contender's own timeline asks for, and nothing lost.

A zoom along the axes is two matrices, one for the rows and one for the columns. Each of their rows is a Lanczos kernel
of three lobes round the exact place of an output pixel, as wide as that pixel is in the source (Duchon, 1979).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.render.job import HEIGHT, WIDTH

Luma = NDArray[np.float32]
"""(height, width), limited range: 16 to 235."""

LOBES = 3
MATRICES = {"bt601": (0.299, 0.587, 0.114), "bt709": (0.2126, 0.7152, 0.0722)}


class Seen(NamedTuple):
    """A picture, and what is seen of it: left and top edge and extent, as shares of the picture's size."""

    picture: Path
    left: float
    top: float
    extent: float


class Look(NamedTuple):
    """What a frame shows; in a crossfade `share` of `seen`, and the rest of `former`."""

    seen: Seen
    former: Seen | None = None
    share: float = 1.0


def frame(look: Look, matrix: str) -> Luma:
    """The luma of a frame, by the matrix with which the contender makes it."""
    shown = _shown(look.seen, matrix)
    if look.former is None:
        return shown
    return np.asarray(look.share * shown + (1 - look.share) * _shown(look.former, matrix), np.float32)


def _shown(seen: Seen, matrix: str) -> Luma:
    source = _luma(seen.picture, matrix)
    rows = _kernels(source.shape[0], HEIGHT, seen.top, seen.extent)
    columns = _kernels(source.shape[1], WIDTH, seen.left, seen.extent)
    return np.asarray(np.clip(rows @ source @ columns.T, 16, 235), np.float32)


def _kernels(many: int, few: int, start: float, extent: float) -> Luma:
    """(few, many): how much of every source pixel each output pixel takes; beyond the edge there is nothing to take."""
    step = many * extent / few
    places = many * start + (np.arange(few) + 0.5) * step - 0.5
    wide = max(1.0, step)
    away = (np.arange(many)[None, :] - places[:, None]) / wide
    kernels = np.where(np.abs(away) < LOBES, np.sinc(away) * np.sinc(away / LOBES), 0.0)
    return np.asarray(kernels / kernels.sum(axis=1, keepdims=True), np.float32)


@lru_cache(2)
def _luma(picture: Path, matrix: str) -> Luma:
    bgr = cv2.imread(str(picture), cv2.IMREAD_COLOR)
    if bgr is None:
        raise FileNotFoundError(picture)
    weights = np.array(MATRICES[matrix][::-1], np.float32) * np.float32(219 / 255)
    return np.asarray(bgr.astype(np.float32) @ weights + 16, np.float32)
