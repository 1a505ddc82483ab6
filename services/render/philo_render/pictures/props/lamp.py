"""A standing lamp: a foot, a pole, a shade that is warm inside, and its light on the wall."""

from __future__ import annotations

from philo_render.pictures.pack import Kind
from philo_render.pictures.painting.canvas import Shadow
from philo_render.pictures.painting.colour import WHITE, mix, shade
from philo_render.pictures.painting.shapes import arc, slab
from philo_render.pictures.prop import Prop, Spot
from philo_render.pictures.stage import Stage


def draw_lamp(stage: Stage, spot: Spot) -> None:
    p, canvas, h, x, b = stage.palette, stage.canvas, spot.height, spot.x, spot.base
    light = mix("#ffe9b0", p.sun, 0.4)
    brass = mix(mix("#8a6a3c", p.near, 0.35), "#000000", 0.1 if stage.dark else 0.0)
    middle, foot, top = b - h * 0.78, b - h * 0.64, b - h * 0.98
    canvas.glow(x, middle, h * 0.95, light, 0.50 if stage.dark else 0.34, "screen")
    slab(canvas, (x - h * 0.011, foot, x + h * 0.011, b - h * 0.03), 1, brass)
    canvas.polygon(arc(x, b - h * 0.02, h * 0.15, h * 0.045), shade(brass, -0.02), foot=shade(brass, -0.08))
    canvas.polygon(arc(x, b - h * 0.035, h * 0.15, h * 0.04), shade(brass, 0.06))
    paper = mix(mix(p.accent, light, 0.25), p.near, 0.12)
    sides = [(x - h * 0.13, top), (x + h * 0.13, top), (x + h * 0.24, foot), (x - h * 0.24, foot)]
    canvas.polygon(sides, shade(paper, 0.03), foot=mix(paper, light, 0.5), shadow=_shadow(stage, h))
    canvas.polygon(arc(x, foot, h * 0.24, h * 0.022), shade(paper, -0.10))
    canvas.glow(x, foot + h * 0.02, h * 0.30, mix(light, WHITE, 0.5), 0.25, "screen")


def _shadow(stage: Stage, height: float) -> Shadow:
    return Shadow(-stage.towards_light() * height * 0.03, 0, height * 0.06, 0.22)


PROPS = (Prop("lamp", Kind.THING, draw_lamp, size=1.15),)
