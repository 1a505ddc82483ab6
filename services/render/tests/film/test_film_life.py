"""What moves by itself is given by seed and time alone, and stays in the frame."""

from __future__ import annotations

import numpy as np
import pytest

from philo_render.film.camera import View
from philo_render.film.dabs import dots
from philo_render.film.format import Format
from philo_render.film.life import drawables, drift_of, farthest, life_for
from philo_render.film.life.stars import Stars
from philo_render.film.planes import Planes, blank

HD = Format(width=640, height=360, fps=30)
FALLING = ["rain", "snow", "sparks"]


def grey(level: int = 60) -> Planes:
    out = blank(HD)
    out.y[:], out.u[:], out.v[:] = level, 128, 128
    return out


def shown(name: str, seconds: float, seed: int = 1) -> Planes:
    out = grey()
    for detail in drawables((name,), HD, seed):
        detail.draw(out, seconds)
    return out


@pytest.mark.parametrize("name", FALLING)
def test_a_moment_looks_the_same_in_whatever_order_it_is_drawn(name: str) -> None:
    (detail,) = drawables((name,), HD, 4)
    first, again = grey(), grey()
    detail.draw(first, 2.5)
    detail.draw(grey(), 0.1)
    detail.draw(again, 2.5)
    assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))
    assert np.array_equal(first.y, shown(name, 2.5, seed=4).y)


@pytest.mark.parametrize("name", FALLING)
def test_it_moves_and_another_seed_moves_otherwise(name: str) -> None:
    assert not np.array_equal(shown(name, 1.0).y, shown(name, 1.2).y)
    assert not np.array_equal(shown(name, 1.0).y, shown(name, 1.0, seed=2).y)


@pytest.mark.parametrize("name", FALLING)
def test_it_is_sparse_and_only_brightens(name: str) -> None:
    out = shown(name, 3.0).y
    assert out.min() == 60
    assert 0.0005 < (out > 62).mean() < 0.05


@pytest.mark.parametrize("seconds", [0.0, 59.0, 3600.0])
def test_no_flake_leaves_the_planes_however_late(seconds: float) -> None:
    for name in FALLING:
        assert shown(name, seconds).y.max() <= 235


def test_a_dot_sits_at_its_sub_pixel_place() -> None:
    out = grey(0)
    for x, y in ((100.25, 80.5), (300.8, 200.1)):
        dots(out.y, [x], [y], np.array([3.0], np.float32), np.array([1.0], np.float32))
        rows, columns = np.mgrid[0:360, 0:640] + 0.5
        light = out.y.astype(float)
        assert (light * columns).sum() / light.sum() == pytest.approx(x, abs=0.05)
        assert (light * rows).sum() / light.sum() == pytest.approx(y, abs=0.05)
        out.y[:] = 0


def test_where_two_lights_meet_the_stronger_wins() -> None:
    one, both = grey(), grey()
    dots(one.y, [50.0], [50.0], np.array([4.0], np.float32), np.array([0.9], np.float32))
    for order in ([0, 1], [1, 0]):
        x, share = np.array([50.0, 52.0])[order], np.array([0.9, 0.1], np.float32)[order]
        dots(both.y, x, [50.0, 50.0], np.array([4.0, 4.0], np.float32), share)
        assert both.y[50, 50] == one.y[50, 50]
        both.y[:] = 60


def test_stars_twinkle_where_the_sky_carries_them() -> None:
    out = grey()
    Stars([(0.5, 0.5)], HD, 1).draw(out.y, 0.3, View(0.25, 0.25, 0.5))
    row, column = np.unravel_index(int(out.y.argmax()), out.y.shape)
    assert abs(int(row) - 180) <= 1
    assert abs(int(column) - 320) <= 1


def test_no_stars_change_nothing() -> None:
    out = grey()
    Stars((), HD, 1).draw(out.y, 0.3, View(0.0, 0.0, 1.0))
    assert out.y.max() == 60


def test_waves_and_clouds_move_their_groups_and_no_others() -> None:
    assert drift_of("clouds", 5.0).across == pytest.approx(0.03)
    assert drift_of("waves-1", 1.0) != drift_of("waves-2", 1.0)
    assert drift_of("heroes", 5.0) == drift_of("sky", 9.0) == (0.0, 0.0)
    assert 0.001 < farthest("waves-1").down < 0.006


def test_weather_is_found_by_its_words() -> None:
    assert life_for(["A", "Storm", "sea"]) == ("rain",)
    assert life_for(["下雪"]) == ("snow",)
    assert life_for(["desert"]) == ()


def test_unknown_names_are_left_out() -> None:
    assert drawables(("confetti", "clouds"), HD, 1) == ()
