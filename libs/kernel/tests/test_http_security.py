"""What every answer carries for a browser, and which pages may read it."""

import httpx
import pytest
from fastapi import APIRouter, Response

from philo_kernel.http.app import application
from philo_kernel.http.problems import NotFound
from philo_kernel.http.security import cross_origin

router = APIRouter()
STUDIO = "https://studio.example"


@router.get("/film")
async def film() -> str:
    return "a film"


@router.get("/page")
async def page() -> Response:
    return Response("<p>", headers={"Content-Security-Policy": "default-src 'self'"}, media_type="text/html")


@router.get("/gone")
async def gone() -> None:
    raise NotFound("It is gone.")


def client_of(*origins: str, scheme: str = "http") -> httpx.AsyncClient:
    app = application("security", "1", router, checks={}, middleware=cross_origin(origins), body_limit=10)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=f"{scheme}://test")


@pytest.mark.parametrize("path", ["/film", "/gone", "/nowhere", "/health", "/openapi.json"])
async def test_every_answer_tells_a_browser_to_do_nothing_with_it(path):
    async with client_of() as client:
        headers = (await client.get(path)).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["referrer-policy"] == "no-referrer"


async def test_a_body_that_is_too_large_is_refused_with_the_same_headers():
    async with client_of() as client:
        answer = await client.request("GET", "/film", content=b"a" * 11)
    assert (answer.status_code, answer.headers["x-content-type-options"]) == (413, "nosniff")


async def test_what_a_page_says_of_itself_stays():
    async with client_of() as client:
        answer = await client.get("/page")
    assert answer.headers.get_list("content-security-policy") == ["default-src 'self'"]


@pytest.mark.parametrize(("scheme", "told"), [("http", False), ("https", True)])
async def test_strict_transport_is_asked_for_over_https_only(scheme, told):
    async with client_of(scheme=scheme) as client:
        assert ("strict-transport-security" in (await client.get("/film")).headers) is told


async def test_a_page_of_a_named_origin_may_call_and_read():
    asked = {"Origin": STUDIO, "Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "If-Match"}
    async with client_of(STUDIO) as client:
        preflight = await client.options("/film", headers=asked)
        answer = await client.get("/film", headers={"Origin": STUDIO})
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (200, STUDIO)
    assert "PATCH" in preflight.headers["access-control-allow-methods"]
    assert answer.headers["access-control-allow-origin"] == STUDIO
    assert {"ETag", "Location", "RateLimit"} <= set(answer.headers["access-control-expose-headers"].split(", "))
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("origins", [(), (STUDIO,)])
async def test_no_other_page_may(origins):
    async with client_of(*origins) as client:
        answer = await client.get("/film", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in answer.headers


async def test_any_page_may_where_the_setting_says_so():
    async with client_of("*") as client:
        answer = await client.get("/film", headers={"Origin": "https://evil.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
