"""Places of honour: a low cylinder under a thing, a disc round a portrait."""

from __future__ import annotations

import numpy as np

from philo_render.pictures.composition import Placed
from philo_render.pictures.pack import illustration
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import SHADOW, mix, shade
from philo_render.pictures.painting.raster import points
from philo_render.pictures.painting.shapes import arc, disc
from philo_render.pictures.painting.sprite import Look, Pose, fitted, graded
from philo_render.pictures.stage import Stage


def podium(stage: Stage, x: float, base: float, width: float, hero: bool) -> float:
    """Draw a cylinder that stands at `base`; returns the height of its top, pixels."""
    p, canvas = stage.palette, stage.canvas
    colour = mix(p.far, p.sun, 0.22) if stage.dark else mix(p.sun, p.far, 0.35)
    height, bow = stage.unit * (0.075 if hero else 0.05), width * 0.13
    canvas.glow(x, base + bow * 0.4, width * 0.72, SHADOW, 0.36, squash=0.22)
    rim = arc(x, base, width / 2, bow, 0, 180)
    body = np.concatenate([rim, points([[x - width / 2, base - height], [x + width / 2, base - height]])])
    canvas.polygon(body, shade(colour, -0.02), foot=shade(colour, -0.13))
    canvas.polygon(arc(x, base - height, width / 2, bow), shade(colour, 0.05), foot=shade(colour, 0.01))
    return base - height


def portrait(stage: Stage, placed: Placed, light: Look) -> None:
    """Heads and busts never stand loose on the ground: they look out of a disc."""
    p, canvas = stage.palette, stage.canvas
    x, radius = placed.x * stage.width, placed.height * stage.unit * 0.5
    y = stage.y(placed.feet) - radius
    ground = mix(p.accent, p.sky[1], 0.35)
    shadow = Shadow(canvas.unit * 0.006, canvas.unit * 0.014, canvas.unit * 0.02, 0.3)
    disc(canvas, x, y, radius * 1.07, mix(p.sun, "#ffffff", 0.6), shadow=shadow)
    disc(canvas, x, y, radius, ground, foot=shade(ground, -0.08))
    image = fitted(illustration(placed.name), Pose(x, y, radius * 1.72, placed.flip))
    height, width = image.shape[:2]
    left, top = int(x - width / 2), int(y + radius - height)
    down, across = np.mgrid[top : top + height, left : left + width].astype(np.float32)
    inside = np.clip(radius - np.hypot(across - x, down - y) + 0.5, 0, 1)
    place = canvas.box(left, top, left + width, top + height)
    if place is None:
        return
    x0, y0, x1, y1 = place
    part = slice(y0 - top, y1 - top), slice(x0 - left, x1 - left)
    canvas.lay(np.s_[y0:y1, x0:x1], graded(image, light)[part], (image[..., 3] * inside)[part])
