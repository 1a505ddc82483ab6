"""A small picture that shows what a look is like."""

from __future__ import annotations

from philo_contracts.shapes import Mood, Scene
from philo_render.pictures.composing import compose
from philo_render.pictures.composition import Size
from philo_render.pictures.drawing import draw
from philo_render.pictures.layers import U8

SCENE = Scene(
    id="sample",
    index=0,
    title="",
    narration="A fox looks over the lake to the mountains.",
    visual_prompt="",
    mood=Mood.CALM,
)


def sample(look: str, size: Size = (640, 360)) -> U8:
    """The same scene for every look: BGR, uint8, (height, width, 3). KeyError when there is no such look."""
    return draw(compose(SCENE, size, seed=2, look=look), size)
