"""A composition becomes pixels: one flat picture, or the same picture in depth groups."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from philo_render.pictures.backdrop import Backdrop
from philo_render.pictures.composition import Composition, Size, Stance
from philo_render.pictures.developing import Bath, develop
from philo_render.pictures.layers import U8, Layers
from philo_render.pictures.painting.colour import mix
from philo_render.pictures.painting.finish import Varnish, finish, finish_layers
from philo_render.pictures.painting.group import Group
from philo_render.pictures.painting.weather import rain, snow
from philo_render.pictures.registry import all_backdrops, all_looks
from philo_render.pictures.stage import Stage
from philo_render.pictures.staging import place_all


def draw(composition: Composition, size: Size) -> U8:
    """Draw at `size` (width, height): BGR, uint8, (height, width, 3). Any size of the composition's own shape will do.

    Uses OpenCV on the calling thread; `cv2.setNumThreads(1)` is the caller's business.
    """
    stage = _painted(composition, size, deep=False)
    _develop(stage, (Group("flat", 0.0, 0, stage.canvas.pixels, np.empty((size[1], 0), np.float32)),))
    return finish(stage.canvas, _varnish(stage))


def draw_layers(composition: Composition, size: Size) -> Layers:
    """Draw the same picture in depth groups. What falls or flies by itself is named in `life`, not painted."""
    stage = _painted(composition, size, deep=True)
    stars = tuple((x / stage.width, y / stage.height) for x, y in stage.canvas.stars())
    _develop(stage, stage.canvas.groups)
    layers = finish_layers(stage.canvas, _varnish(stage))
    return Layers(*size, composition.seed, layers, tuple(stage.life), stars)


def _painted(composition: Composition, size: Size, *, deep: bool) -> Stage:
    backdrop = all_backdrops()[composition.backdrop]
    stage = Stage(composition, size, backdrop.lamplit, deep=deep)
    for _ in backdrop.paint(stage):
        stage.group("back", 0.3)
        place_all(stage, backdrop)
        stage.group("afloat" if backdrop.stance is Stance.SAIL else "heroes", 0.5)
    stage.group("front", 1.0)
    _weather(stage, backdrop)
    return stage


def _develop(stage: Stage, groups: Sequence[Group]) -> None:
    look = all_looks()[stage.plan.look]
    bath = Bath((stage.width, stage.height), (stage.sun[0] / stage.width, stage.sun[1] / stage.height), stage.dark)
    for group in groups:
        develop(group.painting, group.top, look, bath)


def _weather(stage: Stage, backdrop: Backdrop) -> None:
    if backdrop.weather and stage.has("rain", "storm"):
        drops = "#eaf2f8" if stage.dark else mix(stage.palette.near, "#7f98a6", 0.45)
        stage.moves("rain", lambda rng: rain(stage.canvas, rng, colour=drops))
    if backdrop.weather and stage.has("snow"):
        stage.moves("snow", lambda rng: snow(stage.canvas, rng))


def _varnish(stage: Stage) -> Varnish:
    return Varnish((stage.width, stage.height), stage.rng, stage.dark, stage.y(0.72) / stage.height)
