"""A small gabled house with a chimney; its windows shine by night."""

from __future__ import annotations

from philo_render.pictures.pack import Kind
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import mix, shade
from philo_render.pictures.painting.shapes import slab
from philo_render.pictures.prop import Prop, Spot
from philo_render.pictures.stage import Stage


def draw_cottage(stage: Stage, spot: Spot) -> None:
    p, canvas, h, x, b = stage.palette, stage.canvas, spot.height, spot.x, spot.base
    night = 0.45 if stage.dark else 0.0
    wall = mix(mix("#f4e8d4", p.sun, 0.3), p.near, night)
    roof = mix(mix("#a8564a", p.accent, 0.25), p.near, 0.15 + night * 0.6)
    shadow = Shadow(-stage.towards_light() * h * 0.05, 0, h * 0.07, 0.28)
    w = h * 0.62
    slab(canvas, (x + w * 0.35, b - h * 1.02, x + w * 0.55, b - h * 0.6), 2, shade(roof, -0.08))
    gable = [(x - w, b), (x - w, b - h * 0.48), (x, b - h * 0.94), (x + w, b - h * 0.48), (x + w, b)]
    canvas.polygon(gable, wall, foot=shade(wall, -0.07), shadow=shadow)
    eaves = [(x - w * 1.2, b - h * 0.38), (x, b - h), (x + w * 1.2, b - h * 0.38), (x + w * 1.05, b - h * 0.34)]
    eaves += [(x, b - h * 0.82), (x - w * 1.05, b - h * 0.34)]
    canvas.polygon(eaves, shade(roof, 0.02), foot=shade(roof, -0.05), shadow=Shadow(0, h * 0.03, h * 0.03, 0.3))
    glass = mix(p.accent, "#fff0c0", 0.45) if stage.dark else mix(p.near, "#9fc4d6", 0.45)
    for side in (-0.5, 0.5):
        slab(canvas, (x + w * (side - 0.17), b - h * 0.38, x + w * (side + 0.17), b - h * 0.17), 2, glass)
        if stage.dark:
            canvas.glow(x + w * side, b - h * 0.27, h * 0.22, p.accent, 0.35, "screen")
    slab(canvas, (x - w * 0.15, b - h * 0.32, x + w * 0.15, b), w * 0.12, shade(roof, -0.12))


PROPS = (Prop("cottage", Kind.PLACE, draw_cottage, size=0.75),)
