"""Drawn pictures: the same bytes every time, in every shape, calm and dark where subtitles stand."""

from dataclasses import replace
from functools import lru_cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from philo_contracts.shapes import Aspect, Mood, Scene
from philo_render.pictures import Composition, Placed, Stance, compose, draw, picture
from philo_render.pictures.palette import indoor, outdoor, palette, palette_names
from philo_render.pictures.registry import all_backdrops, all_props

pytestmark = pytest.mark.heavy

SIZES = {Aspect.WIDE: (256, 144), Aspect.TALL: (144, 256), Aspect.SQUARE: (160, 160)}
CALM_FROM = {Aspect.WIDE: 0.84, Aspect.TALL: 0.72, Aspect.SQUARE: 0.84}
BRIGHTEST_FOOT = 110
"""Luma (0..255) that 85 of 100 pixels behind the subtitles stay below: white letters read on it without a plate."""


def scene(narration: str, mood: Mood = Mood.NEUTRAL, language: str = "en") -> Scene:
    return Scene(id="s", index=0, title="", narration=narration, visual_prompt="", mood=mood, language=language)


def plan(backdrop: str, aspect: Aspect, colours: str, seed: int = 3) -> Composition:
    details = ("bridge", "flowers", "lighthouse", "pyramids")
    return Composition(seed, aspect, backdrop, colours, left=bool(seed % 2), details=details)


@lru_cache(None)
def drawn(backdrop: str, aspect: Aspect) -> NDArray[np.uint8]:
    return draw(plan(backdrop, aspect, a_palette(backdrop)), SIZES[aspect])


def a_palette(backdrop: str) -> str:
    one = all_backdrops()[backdrop]
    return (one.palettes or (indoor(Mood.NEUTRAL) if one.indoor else outdoor(Mood.NEUTRAL)))[0]


def test_the_same_scene_and_seed_give_the_same_bytes() -> None:
    sailing = scene("A fishing boat sails over the sea at night.")
    assert np.array_equal(picture(sailing, (256, 144), seed=4), picture(sailing, (256, 144), seed=4))


def test_another_seed_gives_another_picture() -> None:
    sailing = scene("A fishing boat sails over the sea at night.")
    assert not np.array_equal(picture(sailing, (256, 144), seed=4), picture(sailing, (256, 144), seed=5))


def test_composing_alike_is_equal_and_has_one_digest() -> None:
    one, two = (compose(scene("A fox in the forest."), (1920, 1080), seed=1) for _ in range(2))
    assert one == two
    assert one.digest == two.digest


def test_the_shape_decides_and_not_the_size() -> None:
    fox = scene("A fox in the forest.")
    assert compose(fox, (1920, 1080), seed=1) == compose(fox, (640, 360), seed=1)


@pytest.mark.parametrize("aspect", list(SIZES))
@pytest.mark.parametrize("name", sorted(all_backdrops()))
def test_a_backdrop_draws_in_every_shape(name: str, aspect: Aspect) -> None:
    width, height = SIZES[aspect]
    image = drawn(name, aspect)
    assert image.shape == (height, width, 3)
    assert image.dtype == np.uint8
    assert image[: height // 2].std() > 4, "a picture, not a blank sheet"


@pytest.mark.parametrize("aspect", list(SIZES))
@pytest.mark.parametrize("name", sorted(all_backdrops()))
def test_subtitles_stand_on_calm_dark_paper(name: str, aspect: Aspect) -> None:
    width, height = SIZES[aspect]
    image = drawn(name, aspect)
    margin = width // 8  # corners may bloom, the letters stand between them
    foot = cv2.cvtColor(image[int(height * CALM_FROM[aspect]) :, margin:-margin], cv2.COLOR_BGR2GRAY)
    assert np.percentile(foot, 85) < BRIGHTEST_FOOT
    assert foot.std() < 26, "calm"


@pytest.mark.parametrize("name", sorted(all_props()))
def test_a_drawn_prop_leaves_its_mark(name: str) -> None:
    empty = plan("kitchen", Aspect.WIDE, a_palette("kitchen"))
    with_prop = replace(empty, illustrations=(Placed(name, 0.5, 0.78, 0.4, Stance.STAND),))
    assert not np.array_equal(drawn("kitchen", Aspect.WIDE), draw(with_prop, SIZES[Aspect.WIDE]))


def test_every_palette_parses_and_ends_darker_near_than_far() -> None:
    for name in palette_names():
        colours = palette(name)
        assert colours.near.mean() < colours.far.mean(), name
