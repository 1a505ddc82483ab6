"""Editing on the wire: the film stays, its edit is a job of its own, and what comes of it is told in the film's story."""

import asyncio

import pytest
from editing_world import JOBS, a_film, an_edit, asked, carried_out, hears_itself, patched, seen, stream, way_of
from gateway_world import goes_on

from philo_contracts.events import JobFailed, RenderFailed, SceneRedrawAbandoned
from philo_contracts.evolution import fold
from philo_contracts.job import Job
from philo_contracts.shapes import Fault, VideoConfig
from philo_gateway.editing.handlers import settle_edit
from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack
BROKEN = Fault(code="broken", message="It broke. Try again.")


async def test_a_scene_is_read_with_the_version_that_a_change_of_it_needs(ada, engine):
    film = await a_film(ada, engine)
    answer = await ada.get(f"{JOBS}/{film['id']}/scenes/s02")
    assert (answer.json(), answer.headers["etag"]) == (film["scenes"][1], '"1"')
    assert (await ada.get(f"{JOBS}/{film['id']}/scenes/s99")).status_code == 404


async def test_an_edit_is_a_job_of_its_own_and_the_film_names_it(ada, engine):
    film = await a_film(ada, engine, title="Tea", priority="high", metadata={"note": 1})
    answer = await patched(ada, film["id"], etag='"1"', narration="Otherwise.")
    child = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (202, f"{JOBS}/{child['id']}")
    assert (child["kind"], child["parent_id"], child["status"]) == ("scene_edit", film["id"], "queued")
    assert {name: child[name] for name in ("title", "priority", "metadata", "config")} == {
        name: film[name] for name in ("title", "priority", "metadata", "config")
    }
    after = await seen(ada, film["id"])
    assert (after["status"], after["result"]["revision"]) == ("completed", 1)
    assert [(scene["status"], scene["redraw_job_id"]) for scene in after["scenes"]] == [
        ("rendered", None),
        ("redrawing", child["id"]),
        ("rendered", None),
    ]


async def test_an_edit_asks_for_the_film_with_one_scene_otherwise(ada, engine):
    film = await a_film(ada, engine)
    child = (await patched(ada, film["id"], narration="  Otherwise. ", voice="espeak:en", speed=20)).json()
    plan = (await asked(engine, child["id"])).plan
    assert [(scene.narration, scene.revision, scene.picture is None) for scene in plan.scenes] == [
        ("Said 1.", 1, False),
        ("Otherwise.", 2, True),
        ("Said 3.", 1, False),
    ]
    assert (plan.changed, plan.origin) == (("s02",), film["id"])
    assert (plan.scenes[1].voice, plan.scenes[1].speed) == ("espeak:en", 20)


async def test_a_film_is_revised_when_its_edit_is_done(ada, engine):
    film = await a_film(ada, engine)
    child = await an_edit(ada, engine, film["id"], narration="Otherwise.", voice="espeak:en")
    after = await seen(ada, film["id"])
    scene = after["scenes"][1]
    assert (after["status"], after["result"]["revision"]) == ("completed", 2)
    assert (scene["narration"], scene["speaker"], scene["revision"]) == ("Otherwise.", "espeak:en", 2)
    assert (scene["status"], scene["redraw_job_id"]) == ("rendered", None)
    assert after["scenes"][0] == film["scenes"][0]
    assert (await seen(ada, child["id"]))["status"] == "completed"
    story = await stream(engine, film["id"])
    async with unit_of_work(engine, "gateway") as unit:
        state = await unit.connection.fetchval("select state::text from job where id = $1", film["id"])
    assert Job.model_validate_json(state) == fold(story)
    assert story[-1].causationid == (await stream(engine, child["id"]))[-1].id


async def test_each_revision_stays_to_be_watched(ada, app, engine):
    film = await a_film(ada, engine)
    child = await an_edit(ada, engine, film["id"], title="Other")
    listed = (await ada.get(f"{JOBS}/{film['id']}/revisions")).json()
    assert [(one["revision"], one["job_id"], one["current"]) for one in listed] == [
        (1, film["id"], False),
        (2, child["id"], True),
    ]
    for one, maker in zip(listed, (film["id"], child["id"]), strict=True):
        redirected = await ada.get(one["output_url"])
        claims = app.state.links.opened(redirected.headers["location"].removeprefix("/media/"))
        assert (redirected.status_code, claims["key"]) == (302, f"{maker}.video")
        assert f"{maker}/s02.m4s" in keys_of(app, (await ada.get(one["preview_url"])).text)
    assert (await ada.get(f"{JOBS}/{film['id']}/revisions/3/output")).status_code == 404


def keys_of(app, playlist: str) -> list[str]:
    """The objects that a playlist leads to."""
    links = [line for line in playlist.splitlines() if line.startswith("/media/")]
    return [app.state.links.opened(link.removeprefix("/media/"))["key"] for link in links]


@pytest.mark.parametrize("end", ["failed", "cancelled"])
async def test_an_edit_that_comes_to_nothing_is_told_in_the_films_story_and_the_film_is_what_it_was(ada, engine, end):
    film = await a_film(ada, engine)
    child = (await patched(ada, film["id"], narration="Otherwise.")).json()["id"]
    if end == "failed":
        await goes_on(engine, *way_of(child, VideoConfig(), (await asked(engine, child)).plan)[:3])
        await goes_on(engine, RenderFailed(job=child, fault=BROKEN))
    else:
        await ada.delete(f"{JOBS}/{child}")
    await hears_itself(engine, child)
    after = await seen(ada, film["id"])
    assert (after["scenes"], after["result"]["revision"]) == (film["scenes"], 1)
    line = (await ada.get(f"{JOBS}/{film['id']}/history")).json()[-1]
    words = BROKEN.message if end == "failed" else "cancelled by its owner"
    assert (line["event"], line["reason"], line["scene_id"]) == ("SceneRedrawAbandoned", words, "s02")
    assert line["words"]["values"]["child"] == child


async def test_the_end_of_an_edit_is_told_once_however_often_it_is_heard(ada, engine):
    film = await a_film(ada, engine)
    child = await an_edit(ada, engine, film["id"], narration="Otherwise.")
    before = await seen(ada, film["id"])
    await hears_itself(engine, child["id"])
    late = (await stream(engine, child["id"]))[-1].model_copy(
        update={"type": "JobFailed", "data": JobFailed(job=child["id"], fault=BROKEN).model_dump(mode="json")}
    )
    async with unit_of_work(engine, "gateway") as unit:
        unit.cause = late
        await settle_edit.react(late.fact(), unit)
    assert await seen(ada, film["id"]) == {**before, "result": (await seen(ada, film["id"]))["result"]}
    kinds = [envelope.type for envelope in await stream(engine, film["id"])]
    assert (kinds.count("FilmRevised"), kinds.count(SceneRedrawAbandoned.__name__)) == (1, 0)


async def test_the_end_of_a_film_that_is_no_edit_concerns_no_other(ada, engine):
    film = await a_film(ada, engine)
    fork = (await ada.post(f"{JOBS}/{film['id']}/fork", json={"config": {}})).json()
    await carried_out(engine, fork["id"])
    await hears_itself(engine, fork["id"])
    assert (await seen(ada, film["id"]))["version"] == film["version"]


async def test_one_scene_is_edited_at_a_time_and_the_running_edit_is_named(ada, engine):
    film = await a_film(ada, engine)
    child = (await patched(ada, film["id"], narration="Otherwise.")).json()["id"]
    for answer in (
        await patched(ada, film["id"], "s01", narration="Otherwise."),
        await ada.post(f"{JOBS}/{film['id']}/scenes/s01/takes/1/restore"),
    ):
        assert (answer.status_code, child in answer.json()["detail"], "s02" in answer.json()["detail"]) == (
            409,
            True,
            True,
        )
    await ada.delete(f"{JOBS}/{child}")
    await hears_itself(engine, child)
    assert (await patched(ada, film["id"], "s01", narration="Otherwise.")).status_code == 202


async def test_of_two_edits_at_once_one_is_begun(ada, engine):
    film = await a_film(ada, engine)
    edits = [patched(ada, film["id"], scene, '"1"', title="Other") for scene in ("s01", "s02", "s02")]
    answers = await asyncio.gather(*edits)
    assert sorted(answer.status_code for answer in answers) == [202, 409, 409]
    listed = (await ada.get(JOBS, params={"kind": "scene_edit"})).json()["items"]
    assert [job["parent_id"] for job in listed] == [film["id"]]


async def test_a_change_needs_the_version_of_the_scene_that_it_was_made_on(ada, engine):
    film = await a_film(ada, engine)
    blind = await patched(ada, film["id"], etag=None, title="Other")
    assert (blind.status_code, blind.json()["type"]) == (428, "/problems/precondition-required")
    await an_edit(ada, engine, film["id"], title="Other")
    stale = await patched(ada, film["id"], etag='"1"', title="Third")
    assert (stale.status_code, stale.json()["type"]) == (412, "/problems/precondition-failed")
    assert (await patched(ada, film["id"], "s01", '"1"', title="Third")).status_code == 202


BAD = {
    "nothing": ({}, "at least one field"),
    "null words": ({"narration": None}, "at least one field"),
    "an unknown field": ({"mood": "sad"}, "no field named 'mood'"),
    "no words": ({"narration": "  "}, "at least 1 character"),
    "too many words": ({"narration": "a" * 5_001}, "at most 5000 characters"),
    "a pace that cannot be": ({"speed": 101}, "less than or equal to 100"),
    "an asset that is no id": ({"picture_asset_id": "mine"}, "valid UUID"),
}


@pytest.mark.parametrize("what", BAD)
async def test_a_bad_edit_is_told_in_words(ada, engine, what):
    change, words = BAD[what]
    film = await a_film(ada, engine)
    answer = await patched(ada, film["id"], **change)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-request")
    assert any(words in part["detail"] for part in answer.json()["errors"])


async def test_an_edit_that_changes_nothing_is_told_so(ada, engine):
    film = await a_film(ada, engine)
    answer = await patched(ada, film["id"], narration="Said 2.", voice=None)
    assert (answer.status_code, "like that already" in answer.json()["detail"]) == (422, True)


async def test_only_a_finished_film_is_edited(ada, engine):
    job = (await ada.ask())["id"]
    answer = await patched(ada, job, title="Other")
    assert (answer.status_code, "queued" in answer.json()["detail"]) == (409, True)
    film = await a_film(ada, engine)
    child = await an_edit(ada, engine, film["id"], title="Other")
    answer = await patched(ada, child["id"], title="Third")
    assert (answer.status_code, film["id"] in answer.json()["detail"]) == (409, True)


async def test_takes_are_told_and_brought_back_without_anything_being_made_anew(ada, engine):
    film = await a_film(ada, engine)
    base = f"{JOBS}/{film['id']}/scenes/s02/takes"
    await an_edit(ada, engine, film["id"], narration="Otherwise.")
    takes = (await ada.get(base)).json()
    assert [(one["take"], one["narration"], one["current"]) for one in takes] == [
        (1, "Said 2.", False),
        (2, "Otherwise.", True),
    ]
    assert [(await ada.get(one["thumbnail_url"])).status_code for one in takes] == [302, 302]
    restored = await ada.post(f"{base}/1/restore")
    child = restored.json()["id"]
    plan = (await asked(engine, child)).plan
    assert (restored.status_code, plan.changed, plan.scenes[1].narration) == (202, (), "Said 2.")
    assert all(scene.picture for scene in plan.scenes)
    await carried_out(engine, child)
    await hears_itself(engine, child)
    scene = (await seen(ada, film["id"]))["scenes"][1]
    assert (scene["narration"], scene["revision"], scene["thumbnail_url"]) == (
        "Said 2.",
        3,
        film["scenes"][1]["thumbnail_url"],
    )
    assert [one["take"] for one in (await ada.get(base)).json()] == [1, 2, 3]


async def test_a_take_that_is_shown_or_was_never_made_cannot_be_brought_back(ada, engine):
    film = await a_film(ada, engine)
    base = f"{JOBS}/{film['id']}/scenes/s02/takes"
    assert [(await ada.post(f"{base}/{take}/restore")).status_code for take in (1, 2)] == [409, 404]
    assert (await ada.get(f"{base}/2/thumbnail")).status_code == 404


async def test_a_fork_is_another_film_of_the_same_scenes(ada, engine):
    film = await a_film(ada, engine, config={"speed": 40, "scenes": 3})
    answer = await ada.post(f"{JOBS}/{film['id']}/fork", json={"config": {"aspect": "9:16", "language": "en"}})
    fork = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (202, f"{JOBS}/{fork['id']}")
    assert (fork["kind"], fork["parent_id"]) == ("video", film["id"])
    assert (fork["config"]["aspect"], fork["config"]["speed"]) == ("9:16", 40)
    plan = (await asked(engine, fork["id"])).plan
    assert [(scene.narration, scene.picture) for scene in plan.scenes] == [(f"Said {at}.", None) for at in (1, 2, 3)]
    await carried_out(engine, fork["id"])
    assert (await seen(ada, fork["id"]))["status"] == "completed"


@pytest.mark.parametrize(
    ("config", "pointer"), [({"language": "zh"}, "/config/language"), ({"scenes": 7}, "/config/scenes")]
)
async def test_a_fork_keeps_its_words_and_says_so(ada, engine, config, pointer):
    film = await a_film(ada, engine)
    answer = await ada.post(f"{JOBS}/{film['id']}/fork", json={"config": config})
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_a_text_that_was_not_understood_yet_cannot_be_forked(ada):
    job = (await ada.ask())["id"]
    assert (await ada.post(f"{JOBS}/{job}/fork", json={"config": {}})).status_code == 409
