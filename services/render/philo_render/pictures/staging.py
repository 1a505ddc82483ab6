"""Puts the chosen illustrations into the picture."""

from __future__ import annotations

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.composition import Placed
from philo_render.pictures.prop import Spot
from philo_render.pictures.registry import all_props
from philo_render.pictures.stage import Stage


def place_all(stage: Stage, backdrop: Backdrop) -> None:
    for placed in stage.plan.illustrations:
        prop = all_props().get(placed.name)
        if prop:
            prop.draw(stage, _spot(stage, placed))


def _spot(stage: Stage, placed: Placed) -> Spot:
    return Spot(placed.x * stage.width, stage.y(placed.feet), placed.height * stage.unit, -1 if placed.flip else 1)
