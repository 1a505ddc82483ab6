"""Pictures in depth groups are the same pictures."""

from functools import lru_cache

import numpy as np
import pytest

from philo_contracts.shapes import Aspect, Mood
from philo_render.pictures import Composition, Layers, Placed, Stance, draw, draw_layers
from philo_render.pictures.palette import indoor, outdoor
from philo_render.pictures.registry import all_backdrops

pytestmark = pytest.mark.heavy

SIZE = (192, 108)


def plan(name: str) -> Composition:
    one = all_backdrops()[name]
    colours = (one.palettes or (indoor(Mood.NEUTRAL) if one.indoor else outdoor(Mood.NEUTRAL)))[0]
    fox = Placed("fox", 0.34, 0.78, 0.4, Stance.STAND, hero=True)
    return Composition(7, Aspect.WIDE, name, colours, left=True, details=("lighthouse",), illustrations=(fox,))


@lru_cache(None)
def layered(name: str) -> Layers:
    return draw_layers(plan(name), SIZE)


@pytest.mark.parametrize("name", sorted(all_backdrops()))
def test_the_groups_laid_over_one_another_are_the_flat_picture(name: str) -> None:
    layers = layered(name)
    wrong = np.abs(layers.flat().astype(int) - draw(plan(name), SIZE))
    if not layers.life:  # what falls by itself is painted in flat pictures alone
        assert wrong.max() <= 5, "faint ends of shadows are left out, a level each"
        assert np.percentile(wrong, 99.8) <= 2
    assert np.percentile(wrong, 90) <= 2


@pytest.mark.parametrize("name", sorted(all_backdrops()))
def test_groups_come_nearer_from_an_opaque_back_to_the_front(name: str) -> None:
    layers = layered(name).layers
    assert len(layers) >= 2
    assert not layers[0].through.any()
    depths = [layer.depth for layer in layers]
    assert depths == sorted(depths)
    assert 0.0 <= depths[0] < depths[-1] <= 1.0
    assert all(0 <= layer.top < layer.end <= SIZE[1] for layer in layers)


@pytest.mark.parametrize("name", sorted(all_backdrops()))
def test_where_a_group_is_not_it_brings_no_light(name: str) -> None:
    for layer in layered(name).layers[1:]:
        assert not layer.colour[layer.through == 255].any()


def test_equal_compositions_give_equal_groups() -> None:
    one, two = (draw_layers(plan("sea"), SIZE) for _ in range(2))
    assert all(np.array_equal(a.colour, b.colour) for a, b in zip(one.layers, two.layers, strict=True))
    assert (one.life, one.stars) == (two.life, two.stars)


def test_snow_moves_by_itself_and_is_not_painted() -> None:
    assert layered("snow").life == ("snow",)


def test_stars_are_remembered_where_the_night_sky_is_free() -> None:
    night = Composition(7, Aspect.WIDE, "hills", "midnight", left=True)
    layers = draw_layers(night, SIZE)
    assert 5 < len(layers.stars) <= 36
    flat = layers.layers[0].colour.max(2)
    for x, y in layers.stars[:5]:
        column, row = round(x * SIZE[0]), round(y * SIZE[1])
        around = flat[max(0, row - 9) : row + 10, max(0, column - 9) : column + 10]
        assert flat[row, column] > np.median(around)
