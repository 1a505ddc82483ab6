"""The finished MP4, probed from outside."""

from __future__ import annotations

from fractions import Fraction

import pytest

from philo_render.film import Probe, probe
from tests.filming import Film

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("e2e")]


@pytest.fixture(scope="module")
def found(demo: Film) -> Probe:
    return probe(demo.video)


def test_the_picture_is_720p_h264_high(found: Probe) -> None:
    assert (found.width, found.height, found.video_codec, found.profile) == (1280, 720, "h264", "High")


def test_thirty_pictures_come_every_second_evenly(found: Probe) -> None:
    assert (found.fps, found.steps) == (30, (Fraction(1, 30),))


def test_the_sound_is_48_khz_stereo_aac(found: Probe) -> None:
    assert (found.audio_codec, found.rate, found.channels) == ("aac", 48_000, 2)


def test_a_player_may_start_before_it_has_the_whole_file(found: Probe) -> None:
    assert found.faststart


def test_picture_and_sound_end_within_one_frame(found: Probe) -> None:
    assert found.video_start == 0
    assert found.audio_end == pytest.approx(found.video_end, abs=1 / 30)


def test_colours_are_marked_as_bt709_limited(found: Probe) -> None:
    assert found.colour == (1, 1, 1, 1)


def test_players_can_show_title_and_scenes(found: Probe, demo: Film, script: str) -> None:
    assert found.title == demo.job["title"] == script.split("\n", 1)[0]
    assert list(found.chapters) == [scene["title"] for scene in demo.job["scenes"]]


def test_the_job_promises_what_the_file_is(found: Probe, demo: Film) -> None:
    result = demo.job["result"]
    assert (result["width"], result["height"], result["fps"]) == (found.width, found.height, found.fps)
    assert result["duration"] == pytest.approx(found.video_end, abs=1e-3)
    assert result["size_bytes"] == demo.video.stat().st_size
