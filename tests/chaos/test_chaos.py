"""Whoever is killed, and whenever: every film is made, once, and everybody agrees about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from philo.stack import State
from philo_render.film import probe
from tests.chaos import audit
from tests.chaos.audit import EFFECTS
from tests.chaos.conftest import Ordeal
from tests.facts import left_to_do

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("chaos")]

SCENES = 2


def test_every_film_is_completed(ordeal: Ordeal) -> None:
    assert {name: job["error"] for name, job in ordeal.jobs.items() if job["status"] != "completed"} == {}


def test_every_film_can_be_watched(ordeal: Ordeal, tmp_path: Path) -> None:
    for name, video in ordeal.videos.items():
        path = tmp_path / f"{name}.mp4"
        path.write_bytes(video)
        assert len(probe(path).chapters) == SCENES
    assert len(ordeal.videos) == len(ordeal.jobs)


async def test_every_result_was_said_exactly_once(ordeal: Ordeal) -> None:
    wanted = {"Narrate": SCENES, "Paint": SCENES, "Draw": SCENES, "Mix": 1, "Join": 1}
    for kind, order in EFFECTS.items():
        said = await audit.results(ordeal.at, "tts" if order == "Narrate" else "render", kind)
        assert set(said.values()) == {1}, kind
        assert len(said) == wanted[order] * len(ordeal.jobs), kind


async def test_no_finished_work_was_ordered_a_second_time(ordeal: Ordeal) -> None:
    jobs = len(ordeal.jobs)
    assert await audit.orders(ordeal.at, "analysis") == {"Read": jobs}
    assert await audit.orders(ordeal.at, "tts") == {"Narrate": SCENES * jobs}
    drawing = {"Paint": SCENES * jobs, "Draw": SCENES * jobs}
    assert await audit.orders(ordeal.at, "render") == drawing | {"Mix": jobs, "Join": jobs}


async def test_stored_jobs_are_the_fold_of_their_facts(ordeal: Ordeal) -> None:
    jobs = await audit.folds(ordeal.at)
    assert set(jobs) == set(ordeal.jobs)
    assert await audit.stored(ordeal.at, "gateway", "job") == jobs
    assert await audit.stored(ordeal.at, "notify", "job_view") == jobs


async def test_feeds_have_no_gaps(ordeal: Ordeal) -> None:
    for user, numbers in (await audit.feed(ordeal.at)).items():
        assert numbers == list(range(1, len(numbers) + 1)), user


async def test_owners_were_told_every_version_once_and_in_order(ordeal: Ordeal) -> None:
    for name, job in (await audit.folds(ordeal.at)).items():
        assert await audit.told_versions(ordeal.at, name) == list(range(1, job.version + 1))


async def test_nobody_gave_up_anything(ordeal: Ordeal) -> None:
    assert await audit.letters(ordeal.at) == []


async def test_nothing_is_left_to_do(ordeal: Ordeal) -> None:
    assert await left_to_do(ordeal.at) == {}


def test_no_child_of_the_killed_lives_on(ordeal: Ordeal) -> None:
    assert ordeal.survivors == []


def test_all_parts_are_up_again(ordeal: Ordeal) -> None:
    assert {name: row.state for name, row in ordeal.parts.items() if row.state is not State.READY} == {}


def test_several_were_killed(ordeal: Ordeal) -> None:
    assert len(ordeal.kills) >= 4
