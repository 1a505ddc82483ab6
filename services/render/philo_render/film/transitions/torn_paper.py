"""The former picture is torn off: a ragged edge with a cream rim crosses the frame, its shadow on what appears."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from philo_render.film.edges import Curve, Edge, lay
from philo_render.film.planes import Planes
from philo_render.film.raster import colour

CREAM = colour(0xF4, 0xEB, 0xD9)
SLANT = 0.16
"""How far the tear leans, a share of the height."""
SHADOW = 0.055
TEETH = ((6, 0.042), (17, 0.017), (61, 0.0060), (190, 0.0030), (520, 0.0014))
"""Points of the ragged line and how far each throws it, shares of the height: torn by hand, not cut with a saw."""
SEED = 11


def draw(out: Planes, former: Planes, share: float) -> None:
    height, width = out.y.shape
    shape, rim = _tear(height)
    shadow = SHADOW * height
    start, end = -float(shape.max() + rim.max()) - 2, width + shadow + 2 - float(shape.min())
    edge = Edge(shadow=shadow, depth=0.5, ink=CREAM, strength=0.94, soft=1.2)
    lay(out, former, shape + np.float32(start + share * (end - start)), edge, rim=rim)


@lru_cache(4)
def _tear(height: int) -> tuple[Curve, Curve]:
    """The line (pixels, about 0) and the breadth of its rim, for every row."""
    chance = np.random.default_rng(SEED)
    rows = np.arange(height)
    line = np.asarray(SLANT * (0.5 - rows / height) * height, np.float64)
    for points, reach in TEETH:
        line = line + _wander(chance, rows, points) * reach * height
    fibre = 0.5 + 0.5 * _wander(chance, rows, 31) + 0.35 * _wander(chance, rows, 260)
    breadth = (0.0022 + 0.0125 * np.clip(fibre, 0, 1)) * height
    return line.astype(np.float32), breadth.astype(np.float32)


def _wander(chance: np.random.Generator, rows: NDArray[np.int64], points: int) -> NDArray[np.float64]:
    return np.asarray(np.interp(rows, np.linspace(0, len(rows), points), chance.uniform(-1, 1, points)), np.float64)
