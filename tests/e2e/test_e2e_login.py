"""Logging in through the one origin, as a phone and as the page do it, and logging out so that every service knows."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest

from philo.films.api import Api, Json
from philo.stack import Endpoints

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("e2e")]
PHONE = "+4915123456789"


@pytest.fixture
async def browser(studio: Endpoints) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that shows our page."""
    base, headers = f"{studio.gateway}/api/v1/auth", {"Origin": studio.gateway}
    async with httpx.AsyncClient(base_url=base, headers=headers, timeout=30) as client:
        yield client


def logged(home: Path) -> Iterator[Json]:
    """Every line that auth has written."""
    for log in home.rglob("auth*.log"):
        for line in log.read_text(encoding="utf-8").splitlines():
            if line.startswith("{"):
                yield json.loads(line)


def code_sent_to(phone: str, home: Path) -> str:
    return [str(line["text"]) for line in logged(home) if line.get("phone") == phone][-1][:6]


async def until_refused(client: httpx.AsyncClient, path: str, headers: dict[str, str]) -> Json:
    async with asyncio.timeout(30):
        # What is awaited happens in other processes.
        while (answer := await client.get(path, headers=headers)).status_code != 401:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    told: Json = answer.json()
    return told


async def test_a_phone_logs_the_page_in_and_logging_out_everywhere_reaches_every_service(
    studio: Endpoints, home: Path, browser: httpx.AsyncClient
) -> None:
    asked = await browser.post("/send-verification", json={"phone": PHONE})
    assert (asked.status_code, asked.json()) == (202, {"expires_in": 300, "retry_after": 60})
    begun = await browser.post("/session", json={"phone": PHONE, "code": code_sent_to(PHONE, home)})
    assert begun.status_code == 200, begun.text
    assert "refresh_token" not in begun.json()

    reloaded = (await browser.post("/session/refresh")).json()
    assert reloaded["user"] == begun.json()["user"]
    token = {"Authorization": f"Bearer {reloaded['access_token']}"}
    async with Api.at(studio.gateway) as gateway:
        jobs = f"{studio.gateway}/api/v1/jobs"
        assert (await gateway.client.get(jobs, headers=token)).status_code == 200
        assert (await browser.post("/logout-everywhere", headers=token)).status_code == 204
        assert "ended everywhere" in (await until_refused(gateway.client, jobs, token))["detail"]
    assert (await browser.post("/session/refresh")).status_code == 401


async def test_nobody_is_handed_the_cookie_of_another(studio: Endpoints, browser: httpx.AsyncClient, api: Api) -> None:
    registered = {"email": "page@example.org", "username": "page", "password": "correct horse"}
    await browser.post("/register", json=registered)
    login = {name: registered[name] for name in ("email", "password")}
    assert (await browser.post("/session", json=login)).status_code == 200
    stranger = {"Origin": studio.gateway}
    answer = await api.client.post(f"{studio.gateway}/api/v1/auth/session/refresh", headers=stranger)
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/no-session")
