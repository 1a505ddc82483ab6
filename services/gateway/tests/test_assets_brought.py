"""A track and a font of one's own: what a job may ask for, and what is carried to those who make the film."""

import httpx
import pytest
from assets_world import ASSETS, MP3, PNG, TTF, brought, ingested, kept, looked_at, refused, unknown
from editing_world import JOBS, a_film, asked, patched
from gateway_world import key_for

pytestmark = pytest.mark.stack


@pytest.fixture(autouse=True)
async def bucket(app) -> None:
    await app.state.objects.ensure_bucket()


async def ready(client, engine, body: bytes) -> str:
    asset = await brought(client, body)
    await looked_at(engine, kept(asset, client.user))
    return asset["asset_id"]


def wish(track: str | None = None, font: str | None = None) -> dict:
    config = {"music": {"track_asset_id": track}, "subtitles": {"font_asset_id": font}}
    return {"script": "Once upon a time.", "config": config}


@pytest.mark.parametrize(("body", "kind", "media_type"), [(MP3, "audio", "audio/mpeg"), (TTF, "font", "font/ttf")])
async def test_tracks_and_fonts_are_assets(ada, engine, body, kind, media_type):
    asset = await brought(ada, body)
    assert (asset["kind"], asset["media_type"], asset["status"]) == (kind, media_type, "processing")
    await looked_at(engine, kept(asset, ada.user))
    [listed] = (await ada.get(ASSETS, params={"kind": kind})).json()["items"]
    assert (listed["asset_id"], listed["status"], listed["thumbnail_url"]) == (asset["asset_id"], "ready", None)


async def test_what_was_brought_goes_with_the_job(ada, engine):
    track, font = [await ready(ada, engine, body) for body in (MP3, TTF)]
    job = await ada.ask(**wish(track, font))
    fact = await asked(engine, job["id"])
    assert (fact.brought.track.key, fact.brought.font.key) == (f"kept/{track}", f"kept/{font}")
    assert job["config"]["music"]["track_asset_id"] == track


async def test_what_is_somebody_elses_is_not_there(ada, bob, engine):
    track = await ready(ada, engine, MP3)
    answer = await bob.post(JOBS, json=wish(track))
    assert (answer.status_code, track in answer.json()["detail"]) == (404, True)
    assert (await bob.post(JOBS, json=wish(font=unknown()))).status_code == 404
    assert (await bob.get(JOBS)).json()["items"] == []


async def test_what_was_refused_is_told_with_its_reason(ada, engine):
    asset = await brought(ada, MP3)
    await looked_at(engine, refused(asset, ada.user))
    answer = await ada.post(JOBS, json=wish(asset["asset_id"]))
    assert (answer.status_code, "Save it anew" in answer.json()["detail"]) == (409, True)


async def test_what_is_still_looked_at_has_to_be_waited_for(ada):
    asset = await brought(ada, TTF)
    answer = await ada.post(JOBS, json=wish(font=asset["asset_id"]))
    assert (answer.status_code, "Try again" in answer.json()["detail"]) == (409, True)


async def test_a_font_is_no_track(ada, engine):
    font = await ready(ada, engine, TTF)
    answer = await ada.post(JOBS, json=wish(font))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/config/music/track_asset_id")


async def test_a_track_is_nothing_that_a_scene_can_show(ada, engine):
    film = await a_film(ada, engine)
    track = await ready(ada, engine, MP3)
    answer = await patched(ada, film["id"], picture_asset_id=track)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/picture_asset_id")


async def test_a_picture_is_still_shown(ada, engine):
    asset = await brought(ada, PNG)
    await looked_at(engine, ingested(asset, ada.user))
    assert (await ada.get(f"{ASSETS}/{asset['asset_id']}")).json()["thumbnail_url"]


async def test_a_key_that_may_read_no_assets_puts_none_into_a_film(ada, app, engine):
    track = await ready(ada, engine, MP3)
    key = {"X-API-Key": await key_for(engine, ada.user, "jobs:write")}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://philo", headers=key) as client:
        answer = await client.post(JOBS, json=wish(track))
        plain = await client.post(JOBS, json={"script": "Once upon a time."})
    assert (answer.status_code, "assets:read" in answer.json()["detail"], plain.status_code) == (403, True, 202)


async def test_a_fork_has_what_its_film_had_though_the_asset_is_gone(ada, engine):
    track, font = [await ready(ada, engine, body) for body in (MP3, TTF)]
    film = await a_film(ada, engine, **wish(track))
    await ada.delete(f"{ASSETS}/{track}")
    fork = await ada.post(f"{JOBS}/{film['id']}/fork", json={"config": {"subtitles": {"font_asset_id": font}}})
    assert fork.status_code == 202, fork.text
    fact = await asked(engine, fork.json()["id"])
    assert (fact.brought.track.key, fact.brought.font.key) == (f"kept/{track}", f"kept/{font}")


async def test_a_fork_may_leave_the_track_out(ada, engine):
    track = await ready(ada, engine, MP3)
    film = await a_film(ada, engine, **wish(track))
    fork = await ada.post(f"{JOBS}/{film['id']}/fork", json={"config": {"music": {"track_asset_id": None}}})
    assert (await asked(engine, fork.json()["id"])).brought.track is None


async def test_an_edit_has_what_its_film_had(ada, engine):
    track = await ready(ada, engine, MP3)
    film = await a_film(ada, engine, **wish(track))
    edit = (await patched(ada, film["id"], narration="Other words.")).json()
    assert (await asked(engine, edit["id"])).brought.track.key == f"kept/{track}"
