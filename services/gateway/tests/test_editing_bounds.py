"""What an edit may not reach: another version, what does not fit into a message, and assets that its key does not read."""

from itertools import chain, repeat

import pytest
from editing_world import JOBS, SCENES, a_film, an_edit, patched, stream, way_of
from gateway_world import goes_on, key_for

from philo_contracts.envelope import wrap
from philo_contracts.events import SceneProgressed
from philo_contracts.job import SceneState
from philo_contracts.shapes import Mood, Plan, VideoConfig
from philo_gateway.editing.refusals import unchanged_since
from philo_gateway.editing.takes import revisions, takes
from philo_gateway.jobs.store import stream_of
from philo_kernel.http.problems import PreconditionFailed

stack = pytest.mark.stack
SCENE = SceneState(
    id="s01", index=0, revision=2, title="-", narration="-", visual_prompt="-", mood="calm", language="en"
)
WIDE = "\x01"
"""A character that takes six bytes in a message."""


@pytest.mark.parametrize("tags", ["*", '"2"', '"1", "2"', '"2","7"', 'W/"1" ,"2"'])
def test_one_of_the_versions_that_were_sent_is_enough(tags):
    unchanged_since(SCENE, tags)


@pytest.mark.parametrize("tags", ["", '"1"', "2", 'W/"2"', '"1", W/"2"'])
def test_a_version_that_is_weak_or_another_is_none(tags):
    with pytest.raises(PreconditionFailed):
        unchanged_since(SCENE, tags)


@stack
async def test_an_edit_that_fits_into_no_message_is_told_so_and_leaves_the_film_as_it_was(ada, engine):
    notes = {f"{number:02d}": WIDE * 500 for number in range(50)}
    job = (await ada.ask(metadata=notes))["id"]
    words = {"title": WIDE * 200, "narration": WIDE * 2_400, "visual_prompt": WIDE * 1_000}
    scenes = tuple(SCENES[0].model_copy(update={"id": f"s{at:02d}", "index": at, **words}) for at in range(40))
    plan = Plan(title="-", language="en", mood=Mood.CALM, scenes=scenes, origin=job)
    await goes_on(engine, *way_of(job, VideoConfig(), plan))
    before = await stream(engine, job)
    answer = await patched(ada, job, title="Other")
    assert (answer.status_code, "more than one job can hold" in answer.json()["detail"]) == (422, True)
    assert await stream(engine, job) == before
    assert (await ada.get(JOBS, params={"kind": "scene_edit"})).json()["items"] == []


@stack
async def test_a_job_that_fits_into_no_message_is_told_so(ada):
    said = {f"{number:03d}": WIDE * 150 for number in range(180)}
    wish = {"script": WIDE * 99_999 + "a", "metadata": {f"{number}": WIDE * 500 for number in range(50)}}
    answer = await ada.post(JOBS, json={**wish, "config": {"pronunciations": said}})
    assert (answer.status_code, "more than one job can hold" in answer.json()["detail"]) == (422, True)
    assert (await ada.get(JOBS)).json()["items"] == []


@stack
async def test_a_key_that_does_not_read_assets_puts_none_into_a_scene(ada, engine):
    film = await a_film(ada, engine)
    ada.headers.update({"Authorization": "", "X-API-Key": await key_for(engine, ada.user, "jobs:read", "jobs:write")})
    answer = await patched(ada, film["id"], picture_asset_id=film["id"])
    assert (answer.status_code, "assets:read" in answer.json()["detail"]) == (403, True)
    assert (await patched(ada, film["id"], title="Other")).status_code == 202


@stack
async def test_films_and_takes_are_the_same_however_often_it_was_told_how_far_they_were(ada, engine):
    film = await a_film(ada, engine)
    await an_edit(ada, engine, film["id"], narration="Otherwise.")
    story = await stream(engine, film["id"])
    news = SceneProgressed(job=film["id"], scene="s02", revision=1, done=1, total=9)
    planned = next(at for at, envelope in enumerate(story, 1) if envelope.type == "JobPlanned")
    often = repeat(wrap(news, source="gateway", stream=stream_of(film["id"]), version=1), 20)
    longer = list(chain(story[:planned], often, story[planned:]))
    assert [one.film for one in revisions(longer)] == [one.film for one in revisions(story)]
    assert takes(longer, "s02") == takes(story, "s02")
