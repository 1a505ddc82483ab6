"""Titles fit, whatever they are, and are read on any sky."""

from __future__ import annotations

import numpy as np
import pytest

from philo_contracts.shapes import VideoConfig
from philo_render.film import Format, chunks, plan, stills
from philo_render.film.cards import Title
from philo_render.film.chunk import Card
from philo_render.film.planes import blank

FRAME = Format(width=320, height=180, fps=12)
TITLES = ("", "A", "The Lantern Letter", "嫦娥奔月的故事" * 6, "word " * 40, "unbroken" * 25, "👩‍👩‍👧")


@pytest.mark.parametrize("text", TITLES)
@pytest.mark.parametrize("size", [(320, 180), (180, 320), (180, 180)])
def test_a_title_of_any_length_stays_inside_the_frame(text: str, size: tuple[int, int]) -> None:
    format_ = Format(width=size[0], height=size[1], fps=12)
    title = Title(Card(text=text.strip(), first_frame=0, end_frame=36), format_, blank(format_))
    ink = np.flatnonzero((title.raster.planes.y > 150).any(axis=0))
    assert ink.size == 0 or ink[-1] - ink[0] <= 0.9 * format_.width


@pytest.mark.parametrize(("sky", "darker"), [(225, True), (30, False)])
def test_a_title_is_dark_on_a_bright_sky_and_white_on_a_dark_one(narrate, sky: int, darker: bool) -> None:
    picture = {"picture-0": np.full((180, 320, 3), sky, np.uint8)}
    (chunk,) = chunks(plan([narrate(0, "Hush.")], VideoConfig(), "Lantern", format_=FRAME))
    frame = next(stills(chunk, picture, [20]))
    light = np.frombuffer(frame.planes[0], np.uint8).reshape(-1, frame.planes[0].line_size)[36:80, :320].astype(int)
    ground = int(np.median(light))
    assert (ground - light.min() > 100) == darker
    assert (light.max() - ground > 100) != darker


def test_the_title_is_gone_before_the_first_word(narrate) -> None:
    picture = {"picture-0": np.full((180, 320, 3), 30, np.uint8)}
    (chunk,) = chunks(plan([narrate(0, "Hush.")], VideoConfig(), "Lantern", format_=FRAME))
    frame = next(stills(chunk, picture, [chunk.cues[0].first_frame]))
    light = np.frombuffer(frame.planes[0], np.uint8).reshape(-1, frame.planes[0].line_size)[:90, :320]
    assert int(np.ptp(light)) <= 1


def test_in_a_wide_frame_a_title_makes_way_for_what_stands_in_the_middle() -> None:
    ground = blank(FRAME)
    ground.y[:], ground.u[:], ground.v[:] = 190, 128, 128
    ground.y[:, 60:170] = np.random.default_rng(1).integers(20, 220, (180, 110))
    title = Title(Card(text="Owl", first_frame=0, end_frame=36), FRAME, ground)
    before = ground.y.copy()
    title.draw(ground, 20)
    changed = np.flatnonzero((np.abs(ground.y.astype(int) - before) > 60).any(axis=0))
    assert changed[0] > 165
