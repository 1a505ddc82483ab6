"""A broad soft edge crosses the frame, leaning a little, and takes the former picture with it."""

from __future__ import annotations

import numpy as np

from philo_render.film.edges import Edge, lay
from philo_render.film.planes import Planes

SOFT, SLANT = 0.32, 0.30
"""Breadth of the edge, a share of the width, and how far it leans, a share of the height."""


def draw(out: Planes, former: Planes, share: float) -> None:
    height, width = out.y.shape
    soft, lean = SOFT * width, SLANT * height
    line = lean * (0.5 - np.arange(height, dtype=np.float32) / height)
    start = -(lean + soft) / 2 - 2
    lay(out, former, line + np.float32(start + share * (width - 2 * start)), Edge(soft=soft))
