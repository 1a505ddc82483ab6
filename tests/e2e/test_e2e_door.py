"""What the one origin lets in: over real HTTP, as strangers try it."""

from __future__ import annotations

import uuid

import httpx
import pytest

from philo.films.api import Api, Json
from philo.stack import Endpoints
from tests.filming import Film, told_after, unheard

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("e2e")]

BAD = {
    "neither script nor prompt": {},
    "both": {"script": "One.", "prompt": "Two."},
    "blank": {"script": "   "},
    "too long": {"script": "x" * 100_001},
    "a sign that no database can hold": {"script": "One.\x00"},
    "an unknown field": {"script": "One.", "colour": "red"},
    "an unknown resolution": {"script": "One.", "config": {"resolution": "8k"}},
    "a wrong type": {"script": ["One."]},
    "too many scenes": {"script": "One.", "config": {"scenes": 1000}},
}


async def asked(api: Api, method: str, path: str, **about: object) -> httpx.Response:
    return await api.client.request(method, f"/api/v1{path}", **about)


def is_problem(answer: httpx.Response, status: int) -> bool:
    """RFC 9457, with words that help."""
    problem = answer.json()
    return (
        answer.status_code == problem["status"] == status
        and answer.headers["Content-Type"] == "application/problem+json"
        and all(problem[name] for name in ("type", "title", "detail", "request_id"))
    )


@pytest.mark.parametrize("wish", BAD.values(), ids=BAD.keys())
async def test_a_wish_that_cannot_be_met_is_refused_with_words(api: Api, wish: Json) -> None:
    answer = await asked(api, "POST", "/jobs", json=wish)
    assert is_problem(answer, 422), answer.text
    assert answer.json()["errors"]


async def test_what_is_not_json_is_refused_with_words(api: Api) -> None:
    answer = await asked(api, "POST", "/jobs", content=b"{", headers={"Content-Type": "application/json"})
    assert answer.status_code in {400, 422}
    assert answer.json()["detail"]


async def test_a_stranger_gets_nothing(studio: Endpoints, demo: Film) -> None:
    async with Api.at(studio.gateway) as stranger:
        for path in ("/jobs", f"/jobs/{demo.id}", f"/jobs/{demo.id}/output", f"/jobs/{demo.id}/events"):
            assert is_problem(await asked(stranger, "GET", path), 401), path


async def test_the_jobs_of_others_are_not_there(api: Api, demo: Film) -> None:
    for path in (f"/jobs/{demo.id}", f"/jobs/{demo.id}/history", f"/jobs/{demo.id}/output", f"/jobs/{uuid.uuid4()}"):
        assert is_problem(await asked(api, "GET", path), 404), path
    assert is_problem(await asked(api, "DELETE", f"/jobs/{demo.id}"), 404)


async def test_a_link_that_was_changed_opens_nothing(studio: Endpoints) -> None:
    async with Api.at(studio.gateway) as stranger:
        assert is_problem(await stranger.client.get("/media/eyJhbGciOiJIUzI1NiJ9.e30.x"), 404)


async def test_a_script_with_odd_signs_is_still_a_film_that_can_be_asked_for(api: Api) -> None:
    job = await api.request_film(f"\ufeff{unheard()}\r\n\u202e 🐉 <b>&amp;</b> '; drop table job; --", {})
    await api.cancel(job["id"])
    assert (await told_after(api, job["id"], 0))[-1]["event"] == "job.cancelled"


async def test_an_api_key_asks_for_films_and_reads_them(studio: Endpoints, api: Api) -> None:
    made: Json = (
        await api.call("POST", "/auth/api-keys", json={"name": "robot", "scopes": ["jobs:read", "jobs:write"]})
    ).json()
    async with Api.at(studio.gateway) as robot:
        robot.client.headers["X-API-Key"] = made["key"]
        job = await robot.request_film(unheard(), {"resolution": "480p"})
        assert (await asked(robot, "GET", "/jobs")).json()["items"][0]["id"] == job["id"]
        assert (await asked(robot, "DELETE", f"/jobs/{job['id']}")).json()["status"] == "cancelled"


async def test_an_api_key_goes_no_further_than_its_scopes(studio: Endpoints, api: Api) -> None:
    made: Json = (await api.call("POST", "/auth/api-keys", json={"name": "reader", "scopes": ["jobs:read"]})).json()
    async with Api.at(studio.gateway) as reader:
        reader.client.headers["X-API-Key"] = made["key"]
        assert (await asked(reader, "GET", "/jobs")).status_code == 200
        assert is_problem(await asked(reader, "POST", "/jobs", json={"script": "One."}), 403)
        assert is_problem(
            await asked(reader, "POST", "/auth/api-keys", json={"name": "x", "scopes": ["jobs:read"]}), 403
        )
