"""What is to be seen: no scene is black, frozen or missing."""

from __future__ import annotations

from itertools import combinations

import pytest

from philo.stack import Endpoints
from philo_contracts.events import TimelinePlanned
from philo_render.film import probe
from tests.e2e.seeing import Seen, difference
from tests.facts import said
from tests.filming import Film

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("e2e")]

SECOND = 30
FADE = 1.5
"""Seconds at the very end in which the picture may go."""


@pytest.fixture
async def starts(studio: Endpoints, demo: Film) -> list[int]:
    """The frame at which each scene begins to be spoken."""
    (plan,) = await said(studio, "render", demo.id, TimelinePlanned)
    return [round(start * SECOND) for start in plan.starts]


def test_every_frame_can_be_decoded_without_complaint(frames: Seen, demo: Film) -> None:
    assert frames.complaints == []
    assert len(frames.frames) == probe(demo.video).frames


def test_no_frame_is_black_or_blank(frames: Seen) -> None:
    playing = slice(0, -round(FADE * SECOND))
    assert frames.light[playing].min() > 20, "a night is dark, but not black"
    assert frames.light[playing].max() < 235
    assert frames.contrast[playing].min() > 10


def test_the_picture_always_moves(frames: Seen) -> None:
    playing = frames.frames[: -round(FADE * SECOND)]
    still = [second for second in range(0, len(playing) - SECOND, SECOND // 2)
             if difference(playing[second], playing[second + SECOND]) < 0.1]  # fmt: skip
    assert still == []


def test_every_scene_has_a_picture_of_its_own(frames: Seen, demo: Film, starts: list[int]) -> None:
    assert len(starts) == len(demo.job["scenes"])
    middles = [frames.frames[start + 2 * SECOND] for start in starts]
    assert min(difference(one, other) for one, other in combinations(middles, 2)) > 10
