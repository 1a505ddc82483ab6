"""A composition becomes pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from philo_render.pictures.composition import Composition, Size
from philo_render.pictures.painting.colour import mix
from philo_render.pictures.painting.finish import finish
from philo_render.pictures.painting.weather import rain, snow
from philo_render.pictures.registry import all_backdrops
from philo_render.pictures.stage import Stage
from philo_render.pictures.staging import place_all


def draw(composition: Composition, size: Size) -> NDArray[np.uint8]:
    """Draw at `size` (width, height): BGR, uint8, (height, width, 3). Any size of the composition's own shape will do.

    Uses OpenCV on the calling thread; `cv2.setNumThreads(1)` is the caller's business.
    """
    backdrop = all_backdrops()[composition.backdrop]
    stage = Stage(composition, size, backdrop.lamplit)
    for _ in backdrop.paint(stage):
        place_all(stage, backdrop)
    if backdrop.weather and stage.has("rain", "storm"):
        rain(stage.canvas, stage.rng, colour="#eaf2f8" if stage.dark else mix(stage.palette.near, "#7f98a6", 0.45))
    if backdrop.weather and stage.has("snow"):
        snow(stage.canvas, stage.rng)
    return finish(stage.canvas, stage.rng, stage.dark, stage.y(0.72) / stage.height)
