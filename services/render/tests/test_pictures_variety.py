"""No two scenes of a film look alike."""

from itertools import pairwise

import pytest

from philo_contracts.shapes import Scene
from philo_render.pictures import Composition, compose

SIZES = [(1280, 720), (720, 1280), (1080, 1080), (1080, 1350)]


def film(narrations: list[str], size: tuple[int, int]) -> list[Composition]:
    """One composition a scene, as render decides them."""
    made: list[Composition] = []
    for index, words in enumerate(narrations):
        scene = Scene(id=str(index), index=index, title="", narration=words, visual_prompt="")
        made.append(compose(scene, size, seed=index, avoid=[one.backdrop for one in made]))
    return made


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "topic",
    [
        "The boat drifts on the sea.",
        "The fox walks through the forest.",
        "Sales grew this quarter.",
        "Truth is a word.",
    ],
)
def test_twenty_scenes_on_one_topic_all_differ(topic: str, size: tuple[int, int]) -> None:
    made = film([f"{topic} Scene {index}." for index in range(20)], size)
    seen = {(one.backdrop, one.palette, one.left, one.illustrations) for one in made}
    assert len(seen) >= 18
    assert len({one.digest for one in made}) == 20
    assert len({one.backdrop for one in made}) >= 6


@pytest.mark.parametrize("topic", ["The boat drifts on the sea.", "Sales grew this quarter."])
def test_neighbours_never_show_the_same_place(topic: str) -> None:
    made = film([topic] * 20, SIZES[0])
    assert all(one.backdrop != other.backdrop for one, other in pairwise(made))


def test_a_place_seen_again_is_framed_anew() -> None:
    made = film(["The fox walks through the forest."] * 20, SIZES[0])
    forests = [one for one in made if one.backdrop == "forest"]
    assert len(forests) > 1
    assert len({one.illustrations[0].height for one in forests}) > 1


@pytest.mark.parametrize("size", SIZES)
def test_heroes_stand_inside_every_shape(size: tuple[int, int]) -> None:
    width, height = size
    for one in film(["An elephant, a fox and a rabbit met on the hill."] * 6, size):
        for placed in one.illustrations:
            tall = placed.height * min(size) / height
            top = placed.feet * (0.66 / 0.785 if height > width * 1.15 else 1) - tall
            assert top > 0.02, placed
            assert 0.08 < placed.x < 0.92


@pytest.mark.parametrize("topic", ["The boat drifts on the sea.", "Sales grew this quarter.", "The fox walks."])
def test_whoever_comes_back_to_a_place_stands_on_its_other_side_in_another_light(topic: str) -> None:
    made = film([f"{topic} {index}" for index in range(20)], SIZES[0])
    before: dict[str, Composition] = {}
    for one in made:
        then = before.get(one.backdrop)
        assert then is None or one.left != then.left
        before[one.backdrop] = one
    again = [[one.palette for one in made if one.backdrop == name] for name in before]
    assert any(len(set(palettes)) > 1 for palettes in again)


def test_neighbours_stand_on_different_sides_unless_one_was_there_before() -> None:
    made = film(["The boat drifts on the sea.", "A fox in the forest.", "A rocket flies into space."], SIZES[0])
    assert all(one.left != other.left for one, other in pairwise(made))
