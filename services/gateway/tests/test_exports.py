"""Exports: a finished film in another form, by a job that needs no reading."""

import pytest
from editing_world import JOBS, SIZE, a_film, asked, seen
from gateway_world import blob, goes_on

from philo_contracts.events import RenderFailed, VideoExported
from philo_contracts.shapes import Fault

pytestmark = pytest.mark.stack
FILES = {"webm": "video/webm", "gif": "image/gif"}


async def exported(client, film: str, **wish):
    return await client.post(f"{JOBS}/{film}/exports", json=wish)


def done(job: str, form: str) -> VideoExported:
    return VideoExported(job=job, file=blob(f"{job}.{form}", FILES[form]), duration=2.5, **SIZE)


async def test_an_export_is_at_work_at_once_and_asks_for_the_films_file(ada, engine):
    film = await a_film(ada, engine)
    answer = await exported(ada, film["id"], form="gif", start=1, seconds=2.5)
    job = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (202, f"{JOBS}/{job['id']}")
    assert (job["kind"], job["parent_id"], job["status"]) == ("export", film["id"], "processing")
    assert [stage["name"] for stage in job["stages"]] == ["join"]
    wanted = (await asked(engine, job["id"])).export
    assert (wanted.video.key, wanted.form, wanted.start, wanted.seconds) == (f"{film['id']}.video", "gif", 1, 2.5)


@pytest.mark.parametrize("form", FILES)
async def test_an_export_is_kept_under_the_name_of_what_it_is(ada, app, engine, form):
    film = await a_film(ada, engine, title="Tee & 茶")
    job = (await exported(ada, film["id"], form=form)).json()["id"]
    await goes_on(engine, done(job, form))
    after = await seen(ada, job)
    assert (after["status"], after["progress"], after["result"]["duration"]) == ("completed", 100, 2.5)
    assert (after["result"]["poster_url"], after["result"]["subtitles"], after["result"]["preview_url"]) == (None,) * 3
    redirected = await ada.get(after["result"]["output_url"])
    for link in (redirected.headers["location"], after["result"]["signed_url"]):
        claims = app.state.links.opened(link.removeprefix("/media/"))
        assert (claims["key"], claims["type"], claims["name"]) == (f"{job}.{form}", FILES[form], f"Tee & 茶.{form}")


async def test_an_export_that_cannot_be_made_fails_in_its_words(ada, engine):
    film = await a_film(ada, engine)
    job = (await exported(ada, film["id"], form="gif")).json()["id"]
    await goes_on(engine, RenderFailed(job=job, fault=Fault(code="broken", message="It broke.")))
    assert ((await seen(ada, job))["status"], (await seen(ada, job))["error"]["message"]) == ("failed", "It broke.")


async def test_an_export_can_be_cancelled(ada, engine):
    film = await a_film(ada, engine)
    job = (await exported(ada, film["id"], form="gif")).json()["id"]
    assert (await ada.delete(f"{JOBS}/{job}")).json()["status"] == "cancelled"


@pytest.mark.parametrize(
    "wish",
    [
        {},
        {"form": "avi"},
        {"form": "gif", "start": -1},
        {"form": "gif", "seconds": 0},
        {"form": "gif", "seconds": 16},
        {"form": "gif", "start": 99},
        {"form": "webm", "seconds": 2},
        {"form": "webm", "start": 1},
    ],
)
async def test_a_bad_export_is_told_in_words(ada, engine, wish):
    film = await a_film(ada, engine)
    answer = await exported(ada, film["id"], **wish)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/invalid-request")
    assert answer.json()["errors"]


async def test_what_is_no_film_yet_or_no_film_at_all_is_not_exported(ada, engine):
    unfinished = (await ada.ask())["id"]
    assert (await exported(ada, unfinished, form="gif")).status_code == 409
    film = await a_film(ada, engine)
    job = (await exported(ada, film["id"], form="gif")).json()["id"]
    await goes_on(engine, done(job, "gif"))
    again = await exported(ada, job, form="gif")
    assert (again.status_code, film["id"] in again.json()["detail"]) == (409, True)
