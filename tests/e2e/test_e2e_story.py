"""What is told of a film while it is made, and afterwards."""

from __future__ import annotations

from itertools import pairwise

import pytest

from philo.films.api import Json
from philo.stack import Endpoints
from philo_contracts.evolution import TRANSITIONS, fold
from philo_contracts.resource import shown
from tests.facts import envelopes
from tests.filming import Film, again, told_after

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("e2e")]

WAY = ["pending", "queued", "moderating", "processing", "completed"]
STAGES = ["read", "speak", "paint", "draw", "join"]


def test_messages_are_numbered_without_gaps(demo: Film) -> None:
    assert [int(message["id"]) for message in demo.messages] == list(range(1, len(demo.messages) + 1))


def test_progress_never_falls_and_ends_with_100(demo: Film) -> None:
    progress = [message["job"]["progress"] for message in demo.messages]
    assert progress == sorted(progress)
    assert progress[0] == 0
    assert progress[-1] == 100
    assert 100 not in progress[:-1]


def test_the_last_message_says_that_the_film_is_there(demo: Film) -> None:
    assert [m["event"] for m in demo.messages].count("job.completed") == 1
    assert demo.messages[-1]["event"] == "job.completed"


def test_drawing_is_told_while_a_scene_is_drawn_and_not_only_after_it(demo: Film) -> None:
    drawn = {stage["done"] for m in demo.messages for stage in m["job"]["stages"] if stage["name"] == "draw"}
    assert any(done % 1 for done in drawn)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 0.99])
async def test_whoever_comes_back_gets_exactly_the_rest(studio: Endpoints, demo: Film, share: float) -> None:
    known = int(len(demo.messages) * share)
    async with again(studio.gateway, demo) as owner:
        assert await told_after(owner, demo.id, known) == demo.messages[known:]


def test_history_goes_the_whole_way_and_no_other(demo: Film) -> None:
    states = [line["to"] for line in demo.history]
    assert [state for before, state in pairwise([None, *states]) if state != before] == WAY
    assert [line["from"] for line in demo.history] == [None, *states[:-1]]


def test_history_only_takes_steps_that_the_table_allows(demo: Film) -> None:
    allowed = {kind.__name__: (before, after) for kind, (before, after) in TRANSITIONS.items()}
    for line in demo.history[1:]:
        if line["event"] in allowed:
            before, after = allowed[line["event"]]
            assert line["from"] in {state.value for state in before}
            assert line["to"] == after.value
        else:
            assert line["from"] == line["to"] == "processing"


def test_history_is_numbered_and_timed_in_order(demo: Film) -> None:
    assert [line["version"] for line in demo.history] == list(range(1, len(demo.history) + 1))
    assert [line["at"] for line in demo.history] == sorted(line["at"] for line in demo.history)


def test_history_tells_every_scene_whole(demo: Film) -> None:
    for event in ("SceneVoiced", "ScenePainted", "SceneDrawn"):
        told = sorted(line["scene_id"] for line in demo.history if line["event"] == event)
        assert told == sorted(scene["id"] for scene in demo.job["scenes"]), event


def test_every_stage_has_begun_and_ended(demo: Film) -> None:
    stages = demo.job["stages"]
    assert [stage["name"] for stage in stages] == STAGES
    assert all(stage["done"] == stage["total"] > 0 for stage in stages)
    assert all(stage["started_at"] <= stage["finished_at"] for stage in stages)


async def test_the_job_of_any_moment_is_the_fold_of_its_facts(studio: Endpoints, demo: Film) -> None:
    story = [fact for fact in await envelopes(studio, "gateway", demo.id) if fact.subject == f"job/{demo.id}"]
    async with again(studio.gateway, demo) as owner:
        for version in {1, 2, 5, len(story) // 2, len(story)}:
            answer: Json = (await owner.call("GET", f"/jobs/{demo.id}", params={"at_version": version})).json()
            assert unsigned(answer) == unsigned(shown(fold(story[:version])).model_dump(mode="json"))


def unsigned(job: Json) -> Json:
    """Links that expire are made anew for every answer."""
    kept = {key: value for key, value in (job["result"] or {}).items() if not key.startswith("signed_")}
    return job | {"result": kept}


async def test_any_part_of_the_film_can_be_had_alone(studio: Endpoints, demo: Film) -> None:
    whole = demo.video.read_bytes()
    async with again(studio.gateway, demo) as owner:
        part = await owner.call(
            "GET", f"/jobs/{demo.id}/output", headers={"Range": "bytes=1000-1999"}, follow_redirects=True
        )
    assert (part.status_code, part.headers["Content-Range"]) == (206, f"bytes 1000-1999/{len(whole)}")
    assert part.content == whole[1000:2000]


async def test_a_poster_and_a_thumbnail_of_every_scene_come_with_it(studio: Endpoints, demo: Film) -> None:
    scenes = [scene["thumbnail_url"].removeprefix("/api/v1") for scene in demo.job["scenes"]]
    async with again(studio.gateway, demo) as owner:
        for path in (f"/jobs/{demo.id}/poster", *scenes):
            picture = await owner.call("GET", path, follow_redirects=True)
            assert picture.headers["Content-Type"] == "image/jpeg"
            assert picture.content[:2] == b"\xff\xd8"
