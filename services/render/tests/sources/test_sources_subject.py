"""The camera looks at what a person would look at."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from philo_render.sources import subject


def scene(x: float, y: float, colour: tuple[int, int, int], size: tuple[int, int] = (320, 180)) -> np.ndarray:
    """A soft ground with a little grain and one disc (BGR)."""
    width, height = size
    fall = np.linspace(90, 130, height)[:, None, None] * np.ones((1, width, 3))
    grain = np.random.default_rng(1).normal(0, 2, (height, width, 1))
    picture = np.clip(fall + grain, 0, 255).astype(np.uint8)
    return cv2.circle(picture, (round(x * width), round(y * height)), min(size) // 8, colour, -1, cv2.LINE_AA)


@pytest.mark.parametrize("colour", [(240, 250, 255), (20, 20, 30), (40, 60, 220), (130, 160, 210)])
@pytest.mark.parametrize("place", [(0.2, 0.5), (0.8, 0.5), (0.5, 0.2), (0.7, 0.75)])
@pytest.mark.parametrize("size", [(320, 180), (180, 320)])
def test_a_thing_that_stands_out_is_found(colour, place, size) -> None:
    assert np.abs(np.array(subject(scene(*place, colour, size))) - place).max() < 0.08


@pytest.mark.parametrize("value", [0, 128, 255])
def test_a_plain_ground_is_looked_at_in_the_middle(value: int) -> None:
    assert subject(np.full((90, 160, 3), value, np.uint8)) == (0.5, 0.5)


def test_of_two_equal_things_one_is_looked_at_and_not_the_gap() -> None:
    both = scene(0.2, 0.5, (240, 250, 255))
    both[:, 160:] = scene(0.75, 0.5, (240, 250, 255))[:, 160:]
    assert abs(subject(both)[0] - 0.5) > 0.15


def test_grain_and_size_do_not_move_the_look() -> None:
    still = scene(0.3, 0.6, (30, 60, 200))
    noisy = np.clip(still + np.random.default_rng(2).normal(0, 4, still.shape), 0, 255).astype(np.uint8)
    large = cv2.resize(still, (1280, 720), interpolation=cv2.INTER_CUBIC)
    looks = np.array([subject(picture) for picture in (still, noisy, large)])
    assert np.ptp(looks, axis=0).max() < 0.02


def test_several_pictures_of_a_film_are_looked_at_together() -> None:
    film = [scene(0.2, 0.5, (30, 60, 200)), scene(0.22, 0.5, (30, 60, 200)), np.full((180, 320, 3), 100, np.uint8)]
    assert abs(subject(*film)[0] - 0.21) < 0.08


@pytest.mark.parametrize("size", [(1, 1), (2, 500), (500, 3)])
def test_the_smallest_pictures_have_a_subject_inside_them(size: tuple[int, int]) -> None:
    chance = np.random.default_rng(0).integers(0, 255, (size[1], size[0], 3)).astype(np.uint8)
    assert all(0 <= share <= 1 for share in subject(chance))
