"""A hot-air balloon cut from paper: gores in two colours, a basket on ropes."""

from __future__ import annotations

import numpy as np

from philo_render.pictures.pack import Kind
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import mix, shade
from philo_render.pictures.painting.shapes import band, slab
from philo_render.pictures.prop import Prop, Spot
from philo_render.pictures.stage import Stage

_GORES = 6


def hot_air_balloon(stage: Stage, spot: Spot) -> None:
    """`spot.base` is the basket's foot."""
    p, canvas, h, x = stage.palette, stage.canvas, spot.height, spot.x
    t = np.linspace(0, 1, 40)
    half = h * 0.36 * np.sin(np.pi * np.clip(0.06 + 0.90 * t, 0, 1)) ** 0.62 * (1 - 0.42 * t**3)
    half[-1] = h * 0.075
    y = spot.base - h + h * 0.74 * t
    warm, pale = mix(p.accent, "#d9483b", 0.35), mix("#fff4df", p.sun, 0.3)
    if stage.dark:
        warm, pale = mix(warm, p.near, 0.22), mix(pale, p.near, 0.28)
    shadow = Shadow(-stage.towards_light() * h * 0.02, h * 0.03, h * 0.05, 0.28)
    canvas.polygon(band(np.full(40, x), y, half), warm, shadow=shadow)
    edges = np.sin(np.linspace(-np.pi / 2, np.pi / 2, _GORES + 1))
    for k in range(_GORES):
        left, right = x + half * edges[k], x + half * edges[k + 1]
        tone = shade(warm if k % 2 else pale, -0.05 * abs(k - 2.5) / 2.5 + 0.02)
        canvas.polygon(band((left + right) / 2, y, (right - left) / 2), tone, foot=shade(tone, -0.07))
    mouth, rim = spot.base - h * 0.26, spot.base - h * 0.12
    for side in (-1, 1):
        rope = [(x + side * h * 0.070, mouth), (x + side * h * 0.052, rim)]
        canvas.line(rope, max(1.0, h * 0.006), mix(p.near, "#5a4034", 0.5))
    canvas.glow(x, mouth + h * 0.01, h * 0.05, "#ffb650", 0.7, "screen")
    wicker = mix("#9a6b3f", p.near, 0.35 if stage.dark else 0.1)
    slab(canvas, (x - h * 0.062, rim, x + h * 0.062, spot.base), h * 0.02, wicker, foot=shade(wicker, -0.09))
    slab(canvas, (x - h * 0.068, rim - h * 0.008, x + h * 0.068, rim + h * 0.016), h * 0.008, shade(wicker, 0.07))


PROPS = (Prop("hot-air-balloon", Kind.PLACE, hot_air_balloon, size=1.04),)
