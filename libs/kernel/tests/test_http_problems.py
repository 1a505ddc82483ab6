"""Every error is a problem: what a client is told, status by status."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import APIRouter, Request
from structlog.testing import capture_logs

from philo_contracts.shapes import Value
from philo_kernel.http.app import application
from philo_kernel.http.problems import (
    Conflict,
    Forbidden,
    NotFound,
    PreconditionFailed,
    PreconditionRequired,
    Problem,
    ServiceUnavailable,
    Unauthorized,
)

LIMIT = 2048


class Scene(Value):
    title: str
    length: int = 1


class Script(Value):
    text: str
    scenes: list[Scene] = []
    metadata: dict[str, object] = {}


router = APIRouter()
raised: dict[str, Problem] = {
    "unauthorized": Unauthorized("Say who you are."),
    "forbidden": Forbidden("Not you."),
    "not-found": NotFound("No such job."),
    "conflict": Conflict("It runs already."),
    "precondition-failed": PreconditionFailed("Read it again."),
    "precondition-required": PreconditionRequired("Send If-Match."),
    "service-unavailable": ServiceUnavailable("Wait.", retry_after=1.2),
}


@router.post("/scripts")
async def take(script: Script) -> Script:
    return script


@router.post("/films", max_body_size=2 * LIMIT)
async def take_larger(request: Request) -> int:
    return len(await request.body())


@router.get("/unread")
async def unread() -> str:
    return "never looked at the body"


@router.get("/raise/{slug}")
async def fail(slug: str) -> None:
    raise raised[slug]


@router.get("/numbers")
async def numbers(limit: int) -> int:
    return limit


@router.get("/bug")
async def bug() -> None:
    raise RuntimeError("password=hunter2 lies here")


@router.get("/database-away")
async def away() -> None:
    raise ConnectionRefusedError("cannot connect to hunter2")


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app = application("test", "1", router, checks={}, body_limit=LIMIT)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        yield client


def problem(answer: httpx.Response, status: int, slug: str) -> dict[str, object]:
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["type"] == f"/problems/{slug}"
    assert told["status"] == status
    assert told["instance"] == answer.request.url.path
    assert told["request_id"] == answer.headers["x-request-id"]
    assert told["title"]
    assert told["detail"]
    return told


@pytest.mark.parametrize(("slug", "error"), raised.items())
async def test_a_raised_problem_answers_its_status_and_words(client, slug, error):
    told = problem(await client.get(f"/raise/{slug}"), error.status, slug)
    assert told["detail"] == error.detail
    assert "errors" not in told


async def test_unauthorized_challenges(client):
    assert (await client.get("/raise/unauthorized")).headers["www-authenticate"] == 'Bearer realm="philo"'


async def test_a_wait_is_told_in_whole_seconds_rounded_up(client):
    assert (await client.get("/raise/service-unavailable")).headers["retry-after"] == "2"


async def test_an_invalid_field_is_pointed_at(client):
    told = problem(await client.post("/scripts", json={"text": "a", "scenes": [{"title": 5}]}), 422, "invalid-request")
    assert told["errors"] == [{"pointer": "/scenes/0/title", "detail": "Input should be a valid string"}]


async def test_a_missing_field_is_named(client):
    told = problem(await client.post("/scripts", json={}), 422, "invalid-request")
    assert told["errors"] == [{"pointer": "/text", "detail": "This is required."}]


async def test_an_unknown_field_is_named_and_its_pointer_escaped(client):
    told = problem(await client.post("/scripts", json={"text": "a", "a/b~c": 1}), 422, "invalid-request")
    assert told["errors"] == [{"pointer": "/a~1b~0c", "detail": "There is no field named 'a/b~c' here."}]


async def test_a_query_parameter_is_told_apart_from_the_body(client):
    told = problem(await client.get("/numbers?limit=many"), 422, "invalid-request")
    assert told["errors"][0]["pointer"] == "query/limit"


@pytest.mark.parametrize(
    "body", ['{"text": ', '{"text": NaN}', '{"text": "\\ud800"}', "[" * 2000, '{"text": "\x00"}', "é"]
)
async def test_a_body_that_is_not_json_is_a_bad_request(client, body):
    answer = await client.post("/scripts", content=body.encode("latin-1"), headers={"content-type": "application/json"})
    problem(answer, 400, "bad-request")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
async def test_another_content_type_is_refused_with_what_is_taken(client, kind):
    headers = {"content-type": kind} if kind else {}
    answer = await client.post("/scripts", content=b'{"text": "a"}', headers=headers)
    problem(answer, 415, "unsupported-media-type")
    assert answer.headers["accept"] == "application/json"


async def test_no_body_at_all_is_required(client):
    told = problem(await client.post("/scripts"), 422, "invalid-request")
    assert told["errors"] == [{"pointer": "", "detail": "This is required."}]


async def test_nul_is_refused_wherever_it_hides(client):
    body = {"text": "a\0", "scenes": [{"title": "ok"}, {"title": "\0"}], "metadata": {"deep": [{"k\0": 1}]}}
    told = problem(await client.post("/scripts", json=body), 422, "invalid-request")
    assert [error["pointer"] for error in told["errors"]] == ["/text", "/scenes/1/title", "/metadata/deep/0/k\0"]


async def test_an_escaped_backslash_before_u0000_is_text(client):
    assert (await client.post("/scripts", json={"text": "\\u0000"})).status_code == 200


@pytest.mark.parametrize("path", ["/raise/%00", "/numbers?limit=%00"])
async def test_nul_in_the_address_is_refused(client, path):
    problem(await client.get(path), 422, "invalid-request")


async def test_a_body_that_declares_too_much_is_refused(client):
    problem(await client.post("/scripts", json={"text": "a" * LIMIT}), 413, "too-large")


async def test_a_body_that_grows_too_large_is_cut_off_while_it_is_read(client):
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 1000 * LIMIT:
            sent += 512
            yield b" " * 512

    answer = await client.post("/scripts", content=endless(), headers={"content-type": "application/json"})
    problem(answer, 413, "too-large")
    assert sent <= LIMIT + 512


async def test_a_body_nobody_reads_is_limited_as_well(client):
    problem(await client.request("GET", "/unread", content=b"a" * (LIMIT + 1)), 413, "too-large")


async def test_a_path_may_take_more(client):
    assert (await client.post("/films", content=b"a" * (LIMIT + 1))).json() == LIMIT + 1
    problem(await client.post("/films", content=b"a" * (2 * LIMIT + 1)), 413, "too-large")


async def test_an_unknown_path_is_a_problem(client):
    problem(await client.get("/nowhere"), 404, "not-found")


async def test_a_wrong_method_names_the_right_ones(client):
    answer = await client.delete("/scripts")
    problem(answer, 405, "method-not-allowed")
    assert answer.headers["allow"] == "POST"


async def test_a_bug_is_told_without_its_trace(client):
    with capture_logs():
        told = problem(await client.get("/bug"), 500, "internal-error")
    assert "hunter2" not in json.dumps(told)
    assert "RuntimeError" not in json.dumps(told)


async def test_a_database_that_is_away_is_told_as_such(client):
    with capture_logs():
        answer = await client.get("/database-away")
    told = problem(answer, 503, "service-unavailable")
    assert answer.headers["retry-after"] == "2"
    assert "hunter2" not in json.dumps(told)
