"""Rock in the sea."""

from __future__ import annotations

import numpy as np

from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import mix, shade
from philo_render.pictures.painting.noise import noise_line
from philo_render.pictures.painting.raster import points
from philo_render.pictures.stage import Stage


def islet(stage: Stage, x: float, base: float, half: float, rise: float) -> float:
    """A crag round x pixels, standing at `base`; half its width and its rise in units. Returns the top, pixels."""
    p, unit = stage.palette, stage.unit
    foot = stage.y(base)
    for k, (wide, tall, nearness) in enumerate(((1.0, 1.0, 0.45), (1.25, 0.55, 0.62))):
        t = np.linspace(-1, 1, 80)
        dome = (1 - np.abs(t) ** 2.6) * tall - np.abs(noise_line(stage.rng, 80, 9, 3)) * 0.35 * (
            1 - 0.8 * (1 - np.abs(t))
        )
        rock = mix(p.paper(nearness), "#6f6a70", 0.22)
        outline = np.stack([x + t * half * wide * unit, foot - np.maximum(dome, -0.2) * rise * unit], 1)
        shadow = Shadow(0, 0, unit * 0.012, 0.28)
        closed = np.concatenate(
            [
                outline,
                points(
                    [
                        [x + half * wide * unit, foot + unit * 0.03 * (k + 1)],
                        [x - half * wide * unit, foot + unit * 0.03 * (k + 1)],
                    ]
                ),
            ]
        )
        stage.canvas.polygon(closed, shade(rock, 0.05), foot=shade(rock, -0.08), shadow=shadow)
    return foot - rise * unit * 0.90
