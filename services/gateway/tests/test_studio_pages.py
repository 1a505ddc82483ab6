"""The studio and the pages of the API: what is served, to whom, and how long it is kept."""

import base64
import gzip
import hashlib
import re

import httpx
import pytest
from fastapi import FastAPI

from philo.documents.surface import gateway_app
from philo_gateway.studio.api import PAGE, REFERENCE

PAGES = ["/", "/docs", "/redoc", "/asyncapi"]


@pytest.fixture(scope="module")
def gateway() -> FastAPI:
    return gateway_app()


@pytest.fixture
def visitor(gateway: FastAPI) -> httpx.AsyncClient:
    """Somebody whom nobody knows."""
    transport = httpx.ASGITransport(app=gateway)
    return httpx.AsyncClient(transport=transport, base_url="http://philo.test", headers={"Accept-Encoding": "identity"})


def links_in(html: str) -> list[str]:
    return re.findall(r'(?:src|href)="(/(?:studio|reference)/[^"]+)"', html)


@pytest.mark.parametrize("path", PAGES)
async def test_whatever_a_page_names_is_there(visitor, path):
    page = await visitor.get(path)
    assert page.headers["content-type"].startswith("text/html")
    links = links_in(page.text)
    assert links
    for link in links:
        assert (await visitor.head(link)).status_code == 200, link


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_loads_from_its_own_origin_alone(visitor, path):
    page = await visitor.get(path)
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert not re.search(r"https?://", policy)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page.text)


async def test_the_studio_runs_no_script_of_its_text_but_the_import_map(visitor):
    page = await visitor.get("/")
    inline = re.findall(r"<script(?![^>]*src=)[^>]*>(.*?)</script>", page.text, re.DOTALL)
    sums = {base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline}
    told = re.search(r"script-src ([^;]+)", page.headers["content-security-policy"])
    assert len(inline) == 1
    assert told
    assert told[1].split() == ["'self'", *(f"'sha256-{one}'" for one in sums)]
    assert "unsafe" not in page.headers["content-security-policy"]


async def test_a_page_that_is_known_is_not_sent_again(visitor):
    tag = (await visitor.get("/")).headers["etag"]
    again = await visitor.get("/", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "no-cache"
    assert "content-security-policy" in again.headers


async def test_files_of_this_version_are_kept_for_good_and_others_are_not(visitor):
    today = await visitor.get(f"/studio/{PAGE.version}/app/main.js")
    yesterday = await visitor.get("/studio/000000000000/app/main.js")
    assert "immutable" in today.headers["cache-control"]
    assert yesterday.headers["cache-control"] == "no-cache"
    assert today.content == yesterday.content


@pytest.mark.parametrize(
    "path", ["../api.py", "..%2fapi.py", "%2e%2e/policy.py", "app/../../api.py", "/etc/passwd", "app", ""]
)
async def test_nothing_outside_the_page_is_there(visitor, path):
    answer = await visitor.get(f"/studio/{PAGE.version}/{path}")
    assert answer.status_code == 404


async def test_texts_are_packed_for_those_who_take_it(visitor):
    path = f"/studio/{PAGE.version}/app/main.js"
    plain = await visitor.get(path)
    async with visitor.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as packed:
        raw = b"".join([chunk async for chunk in packed.aiter_raw()])
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == plain.content
    assert "Accept-Encoding" in plain.headers["vary"]


async def test_fonts_are_not_packed_twice(visitor):
    answer = await visitor.get(f"/studio/{PAGE.version}/vendor/geist.woff2", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in answer.headers
    assert answer.headers["content-type"] == "font/woff2"


async def test_the_pages_of_the_api_show_the_whole_surface(visitor):
    document = (await visitor.get(f"/reference/{REFERENCE.version}/documents/openapi.json")).json()
    assert {"/api/v1/jobs", "/api/v1/auth/login", "/api/v1/realtime/events", "/api/v1/voices"} <= set(document["paths"])
