"""A small picture that shows what a look is like."""

from __future__ import annotations

import cv2
import numpy as np

from philo_contracts.shapes import Mood, Scene
from philo_render.pictures.composing import compose
from philo_render.pictures.composition import Size
from philo_render.pictures.drawing import draw
from philo_render.pictures.layers import U8

SCENE = Scene(
    id="sample",
    index=0,
    title="",
    narration="The old lighthouse keeper walks along the coast at sunset.",
    visual_prompt="",
    mood=Mood.ROMANTIC,
)


def sample(look: str, size: Size = (640, 360)) -> U8:
    """The same scene for every look, drawn larger and shrunk: BGR, uint8, (height, width, 3).

    KeyError when there is no such look.
    """
    drawn = draw(compose(SCENE, size, seed=2, look=look), (size[0] * 2, size[1] * 2))
    return np.asarray(cv2.resize(drawn, size, interpolation=cv2.INTER_AREA), np.uint8)
