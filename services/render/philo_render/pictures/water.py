"""Waves and light on water."""

from __future__ import annotations

import numpy as np

from philo_render.pictures.painting.colour import Pixels
from philo_render.pictures.stage import Stage


def wave(stage: Stage, base: float, length: float, height: float, trough: float | None = None) -> Pixels:
    """A scalloped crest line; lengths and heights are shares of the picture's height. `trough` puts a dip at x pixels."""
    scale = stage.y(0.5) / 0.5
    phase = stage.rng.uniform(0, 6.3) if trough is None else -trough / scale / length
    along = (np.arange(stage.width) / scale / length + phase) % 1
    crest = -(np.abs(np.sin(np.pi * along)) ** 1.4) * height * 2 * scale
    swell = 0.0 if trough is not None else stage.noise(2.5, 2) * height * 0.8 * scale
    return np.asarray(stage.y(base) + crest + swell, np.float32)


def glitter(stage: Stage, horizon: float, count: int = 30) -> None:
    """The path of light below sun or moon, `horizon` a height of the design."""
    rng, unit = stage.rng, stage.unit
    for _ in range(count):
        near = rng.uniform(0, 1)
        width = unit * (0.02 + 0.09 * near) * rng.uniform(0.5, 1.2)
        x = stage.sun[0] + rng.normal(0, 0.015 + 0.04 * near) * unit
        y = stage.y(horizon + 0.008 + 0.11 * near)
        stage.canvas.glow(x, y, width, stage.palette.sun, 0.45, "screen", 0.05)
