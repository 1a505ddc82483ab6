"""Pictures without any key: paper-cut backdrops and matched illustrations, decided and drawn from a scene's words.

`compose` decides, `draw` paints, `draw_layers` paints in depth groups, `picture` decides and paints. All are pure: the
same scene, size and seed give the same bytes, on any day, in any process; nothing is read but the package's own data.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from philo_contracts.shapes import Scene
from philo_render.pictures.composing import compose
from philo_render.pictures.composition import Composition, Placed, Size, Stance
from philo_render.pictures.drawing import draw, draw_layers
from philo_render.pictures.layers import Layer, Layers
from philo_render.pictures.look import Look
from philo_render.pictures.registry import all_looks
from philo_render.pictures.sampling import sample

__all__ = [
    "Composition",
    "Layer",
    "Layers",
    "Look",
    "Placed",
    "Size",
    "Stance",
    "all_looks",
    "compose",
    "draw",
    "draw_layers",
    "picture",
    "sample",
]


def picture(
    scene: Scene, size: Size, *, seed: int, avoid: Sequence[str] = (), look: str = "paper"
) -> NDArray[np.uint8]:
    """Compose and draw a scene at `size` (width, height): BGR, uint8, (height, width, 3)."""
    return draw(compose(scene, size, seed=seed, avoid=avoid, look=look), size)
