"""Puts the chosen illustrations into the picture."""

from __future__ import annotations

from dataclasses import replace

from philo_contracts.shapes import Aspect
from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.composition import Placed, Stance
from philo_render.pictures.pack import illustration
from philo_render.pictures.painting.colour import mix
from philo_render.pictures.painting.sprite import Look, Pose, fitted, floating, ground, paste
from philo_render.pictures.podium import podium, portrait
from philo_render.pictures.prop import Spot
from philo_render.pictures.registry import all_props
from philo_render.pictures.stage import Stage

PAINTED_WATER = {
    "sailboat": 0.22,
    "speedboat": 0.12,
    "passenger-ship": 0.14,
    "ferry": 0.12,
    "motor-boat": 0.12,
    "ship": 0.12,
    "man-surfing": 0.2,
}
"""The share of a drawing, from below, that is painted water: it goes under the waterline."""

_LUMINOUS = frozenset({"ghost"})


def look(stage: Stage, backdrop: Backdrop) -> Look:
    """The light of this backdrop on things."""
    p, grade, dark = stage.palette, backdrop.grade, stage.dark
    tint = mix(p.sky[2], p.sun, 0.45) if dark else mix(p.sun, p.sky[2], 0.5)
    ink = 0.36 if dark and not (backdrop.indoor or backdrop.lamplit) else 0.0
    return Look(
        tint=tint,
        tint_share=_either(grade.tint, 0.50 if dark else 0.30),
        saturation=_either(grade.saturation, 0.80 if dark else 0.90),
        ink=mix(p.near, p.far, 0.35) if grade.ink is None else p.near,
        ink_share=_either(grade.ink, ink),
        rim=p.sun,
        rim_share=_either(grade.rim, 0.55 if dark else 0.22),
        light=stage.towards_light(),
    )


def _either(wished: float | None, usual: float) -> float:
    return usual if wished is None else wished


def place_all(stage: Stage, backdrop: Backdrop) -> None:
    """Far and small ones first; on tall pictures the hero first, because there the small ones stand before it."""
    light = look(stage, backdrop)
    pale = replace(light, ink=mix(stage.palette.sun, "#ffffff", 0.4), ink_share=0.9, saturation=0.0)
    for placed in sorted(stage.plan.illustrations, key=lambda one: one.height, reverse=stage.tall):
        prop = all_props().get(placed.name)
        if prop:
            _place_prop(stage, placed)
        else:
            _place_picture(stage, placed, pale if placed.name in _LUMINOUS else light)


def _place_prop(stage: Stage, placed: Placed) -> None:
    base = stage.y(placed.feet)
    if placed.stance is Stance.PODIUM:
        base = podium(stage, placed.x * stage.width, base, placed.height * stage.unit * 1.1, placed.hero)
    spot = Spot(placed.x * stage.width, base, placed.height * stage.unit, -1 if placed.flip else 1)
    all_props()[placed.name].draw(stage, spot)


def _place_picture(stage: Stage, placed: Placed, light: Look) -> None:
    x, base, height = placed.x * stage.width, stage.y(placed.feet), placed.height * stage.unit
    if placed.stance is Stance.PORTRAIT:
        portrait(stage, placed, light)
        return
    if placed.stance is Stance.PODIUM:
        base = podium(stage, x, base, height * 1.15, placed.hero) + stage.unit * 0.010
    pose = _pose(stage, placed, x, base, height)
    image = fitted(illustration(placed.name), pose)
    if placed.stance is Stance.FLOAT:
        floating(stage.canvas, image, pose, light)
    elif placed.stance in {Stance.STAND, Stance.PODIUM}:
        ground(stage.canvas, image, pose, light)
    paste(stage.canvas, image, pose, light)


def _pose(stage: Stage, placed: Placed, x: float, base: float, height: float) -> Pose:
    cut, tilt = 0.0, 0.0
    widest = {Aspect.TALL: 0.66, Aspect.SQUARE: 0.58}.get(stage.plan.aspect, 0.5) * stage.width
    if placed.stance is Stance.SAIL:
        cut = PAINTED_WATER.get(placed.name, 0.0)
        tilt = (7.0 if stage.has("storm") else 1.5) * (1 if placed.flip else -1)
    elif placed.stance is Stance.FLOAT:
        tilt = stage.rng.uniform(-4, 4)
    return Pose(x, base, height, placed.flip, cut, tilt, widest)
