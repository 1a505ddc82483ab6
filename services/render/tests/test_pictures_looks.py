"""Looks: the same scene drawn as ink, chalk, a print or a film still."""

from dataclasses import replace
from functools import lru_cache

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from philo_contracts.shapes import Aspect
from philo_render.pictures import Composition, Placed, Stance, all_looks, compose, draw, draw_layers, sample
from philo_render.pictures.registry import all_backdrops
from philo_render.pictures.sampling import SCENE

pytestmark = pytest.mark.heavy

LOOKS = sorted(all_looks())
OTHERS = [name for name in LOOKS if name != "paper"]
SIZE = (256, 144)
BRIGHTEST_FOOT = 120


def plan(look: str, backdrop: str = "lake", colours: str = "meadow") -> Composition:
    fox = Placed("fox", 0.34, 0.78, 0.4, Stance.STAND, hero=True)
    return Composition(7, Aspect.WIDE, backdrop, colours, left=True, illustrations=(fox,), look=look)


@lru_cache(None)
def drawn(look: str) -> NDArray[np.uint8]:
    return draw(plan(look), SIZE)


def test_there_are_at_least_three_looks_beside_paper() -> None:
    assert "paper" in LOOKS
    assert len(OTHERS) >= 3


@pytest.mark.parametrize("look", OTHERS)
def test_a_look_looks_unlike_every_other(look: str) -> None:
    for other in LOOKS:
        if other != look:
            assert np.abs(drawn(look).astype(int) - drawn(other)).mean() > 6, other


@pytest.mark.parametrize("look", OTHERS)
def test_a_look_gives_the_same_bytes_again(look: str) -> None:
    assert np.array_equal(drawn(look), draw(plan(look), SIZE))


@pytest.mark.parametrize("look", OTHERS)
def test_a_look_changes_nothing_of_what_is_shown(look: str) -> None:
    one, two = (compose(SCENE, SIZE, seed=3, look=name) for name in ("paper", look))
    assert replace(two, look="paper") == one
    assert one.digest != two.digest


@pytest.mark.parametrize("look", OTHERS)
@pytest.mark.parametrize("colours", ["meadow", "midnight"])
def test_subtitles_can_be_read_in_every_look(look: str, colours: str) -> None:
    foot = cv2.cvtColor(draw(plan(look, "hills", colours), SIZE)[int(144 * 0.84) :, 32:-32], cv2.COLOR_BGR2GRAY)
    assert np.percentile(foot, 85) < BRIGHTEST_FOOT
    assert foot.std() < 30


@pytest.mark.parametrize("look", OTHERS)
def test_the_groups_of_a_look_laid_over_one_another_are_its_flat_picture(look: str) -> None:
    wrong = np.abs(draw_layers(plan(look), SIZE).flat().astype(int) - drawn(look))
    assert np.percentile(wrong, 97) <= 24
    assert wrong.mean() < 2.5


@pytest.mark.heavy
@pytest.mark.parametrize("look", OTHERS)
@pytest.mark.parametrize("name", sorted(all_backdrops()))
def test_a_look_draws_every_backdrop(name: str, look: str) -> None:
    colours = (all_backdrops()[name].palettes or ("meadow",))[0]
    image = draw(plan(look, name, colours), SIZE)
    assert image[:72].std() > 4, "a picture, not a blank sheet"


@pytest.mark.parametrize("look", LOOKS)
def test_a_sample_shows_a_look(look: str) -> None:
    assert sample(look, (192, 108)).shape == (108, 192, 3)
