"""Smooth noise, the same bytes for the same generator."""

from __future__ import annotations

import numpy as np

from philo_render.pictures.painting.colour import Pixels
from philo_render.pictures.painting.raster import enlarge

Rng = np.random.Generator


def noise_line(rng: Rng, length: int, waves: float, octaves: int = 4, rough: float = 0.5) -> Pixels:
    """Smooth noise of about -1..1 along a line: (length,). `waves` is the number of bumps over it."""
    total, amplitude, weight = np.zeros(length, np.float32), 1.0, 0.0
    for _ in range(octaves):
        knots = int(np.ceil(waves)) + 4
        values = rng.uniform(-1, 1, knots).astype(np.float32)
        pitch = length / max(waves, 0.5)
        line = enlarge(values[None, :], (int(pitch * knots) + 1, 1))[0]
        start = int(pitch)
        total += amplitude * line[start : start + length]
        weight += amplitude
        amplitude *= rough
        waves *= 2.1
    return np.asarray(total / weight, np.float32)


def noise_field(rng: Rng, size: tuple[int, int], cells: float, octaves: int = 4, rough: float = 0.5) -> Pixels:
    """Smooth noise of 0..1 over a plane: (height, width). `cells` is the number of bumps over its height."""
    width, height = size
    total, amplitude, weight = np.zeros((height, width), np.float32), 1.0, 0.0
    for _ in range(octaves):
        grid = rng.uniform(0, 1, (int(cells) + 2, max(2, int(cells * width / height) + 2)))
        total += amplitude * enlarge(grid, size)
        weight += amplitude
        amplitude *= rough
        cells *= 2
    return np.asarray(total / weight, np.float32)
