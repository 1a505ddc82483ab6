"""Tiers as data, and requests measured against them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from pydantic import ValidationError

from philo_contracts.job import Job, SceneState
from philo_contracts.shapes import Plan, Priority, Scene, Tier, VideoConfig
from philo_gateway.jobs.shapes import JobRequest
from philo_gateway.quotas.domain import (
    Wanted,
    fitting,
    month_of,
    planned,
    priority_of,
    requested,
    tier_at,
    within_the_month,
)
from philo_gateway.quotas.refusals import QuotaExceeded, TierTooLow
from philo_gateway.quotas.tiers import Limits, read_tiers

NOW = datetime(2026, 5, 17, 12, tzinfo=UTC)
TIERS = read_tiers()
FREE, VIP = TIERS[Tier.FREE], TIERS[Tier.VIP]


def wanted(**config) -> Wanted:
    return requested("j", JobRequest(script="Once.", config=VideoConfig(**config)))


def test_a_higher_tier_allows_no_less():
    ladder = list(TIERS.values())
    assert list(TIERS) == [Tier.FREE, Tier.VIP, Tier.STUDIO]
    for lower, higher in pairwise(ladder):
        assert set(lower.voices) <= set(higher.voices)
        assert higher.shows(lower.resolution)
        for figure in ("concurrent_jobs", "video_minutes", "spend", "stored_bytes"):
            assert getattr(lower, figure) <= getattr(higher, figure)


def test_a_file_replaces_the_figures_it_names_and_no_others(tmp_path):
    path = tmp_path / "tiers.toml"
    path.write_text('[free]\nvideo_minutes = 1.5\nspend = "0.10"\n')
    tiers = read_tiers(path)
    assert (tiers[Tier.FREE].video_minutes, tiers[Tier.FREE].spend) == (1.5, Decimal("0.10"))
    assert tiers[Tier.FREE].voices == FREE.voices
    assert tiers[Tier.VIP] == VIP


@pytest.mark.parametrize(
    "text", ["[gold]\nvideo_minutes = 1\n", "[free]\nminutes = 1\n", "[free]\nvideo_minutes = -1\n"]
)
def test_a_file_that_names_what_there_is_not_is_refused(tmp_path, text):
    path = tmp_path / "tiers.toml"
    path.write_text(text)
    with pytest.raises((ValueError, ValidationError)):
        read_tiers(path)


@pytest.mark.parametrize(
    ("starts", "ends", "tier"),
    [
        (-1, None, Tier.VIP),
        (-1, 1, Tier.VIP),
        (0, 1, Tier.VIP),
        (1, 2, Tier.FREE),
        (-2, 0, Tier.FREE),
        (None, None, Tier.FREE),
    ],
)
def test_a_tier_holds_from_its_beginning_to_before_its_end(starts, ends, tier):
    at = [None if days is None else NOW + timedelta(days=days) for days in (starts, ends)]
    assert tier_at(NOW, Tier.VIP, *at) is tier


@pytest.mark.parametrize(("resolution", "fits"), [("480p", True), ("1080p", True), ("2160p", False)])
def test_the_free_tier_films_in_1080p_at_most(resolution, fits):
    one = wanted(resolution=resolution)
    if fits:
        fitting(one, FREE, TIERS)
    else:
        with pytest.raises(TierTooLow, match=r"at most 1080p.*or subscribe to vip"):
            fitting(one, FREE, TIERS)
    fitting(one, VIP, TIERS)


def test_voices_of_a_higher_tier_are_refused_in_words():
    with pytest.raises(TierTooLow, match=r"'openai:nova'.*or subscribe to vip"):
        fitting(wanted(voice="openai:nova"), FREE, TIERS)
    with pytest.raises(TierTooLow, match="or subscribe to studio"):
        fitting(wanted(voice="elevenlabs:Rachel"), VIP, TIERS)
    for voice in ("piper:en_US-joe-medium", "espeak:cmn", "nobody:knows"):
        fitting(wanted(voice=voice), FREE, TIERS)


def test_the_own_voices_of_scenes_count_as_well():
    scenes = (Scene(id="s", index=0, title="t", narration="n", visual_prompt="v", voice="elevenlabs:Rachel"),)
    plan = Plan(title="t", language="en", mood="calm", scenes=scenes, origin="j")
    with pytest.raises(TierTooLow, match="Rachel"):
        fitting(planned("j", VideoConfig(), plan), FREE, TIERS)


def scene(words: int, speed: int | None = None) -> dict:
    return {"id": "s", "index": 0, "title": "t", "narration": "word " * words, "visual_prompt": "v", "speed": speed}


@pytest.mark.parametrize(
    ("words", "speed", "least", "most"), [(60, None, 0, 0), (10, None, 0, 0), (120, None, 15, 25), (60, 0, 5, 25)]
)
def test_an_edit_counts_for_what_it_makes_its_film_longer(words, speed, least, most):
    job = Job(id="j", user_id="ada", scenes=(SceneState(**scene(60), revision=1, mood="calm", language="en"),))
    plan = Plan(title="t", language="en", mood="calm", scenes=(Scene(**scene(words, speed)),), origin="j")
    assert least <= planned("k", VideoConfig(), plan, edited=job).seconds <= most
    assert planned("k", VideoConfig(), plan).seconds > planned("k", VideoConfig(), plan, edited=job).seconds


def test_a_longer_script_needs_more_of_the_month():
    short, long = (requested("j", JobRequest(script="word " * count)).seconds for count in (50, 500))
    assert 20 < short < long < 300


def test_the_month_is_used_up_to_its_last_second_and_not_beyond():
    limits = FREE.model_copy(update={"video_minutes": 2.0})
    within_the_month(30, limits, 120)
    with pytest.raises(QuotaExceeded, match=r"1\.5 of 2 minutes") as refused:
        within_the_month(30.1, limits, 120.1)
    assert refused.value.status_code == 402
    within_the_month(0, limits, 999)  # what makes no film is not refused


@pytest.mark.parametrize(
    ("asked", "waiting", "priority"),
    [({}, 0, "high"), ({"priority": "default"}, 0, "default"), ({}, 10, "low"), ({"priority": "high"}, 99, "high")],
)
def test_a_job_without_a_priority_has_that_of_its_tier_until_too_many_wait(asked, waiting, priority):
    assert priority_of(JobRequest(script="a", **asked), VIP, waiting) is Priority(priority)


@pytest.mark.parametrize(
    ("at", "start", "end"),
    [
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), (2026, 12), (2027, 1)),
        (datetime(2026, 1, 1, tzinfo=UTC), (2026, 1), (2026, 2)),
    ],
)
def test_a_month_is_a_calendar_month_in_utc(at, start, end):
    month = month_of(at)
    assert (month.start, month.end) == (datetime(*start, 1, tzinfo=UTC), datetime(*end, 1, tzinfo=UTC))


def test_limits_know_their_voices_by_pattern():
    limits = Limits.model_validate(FREE.model_dump() | {"voices": ("piper:en_*",)})
    assert limits.speaks("piper:en_GB-alan")
    assert not limits.speaks("piper:de_DE-thorsten")
