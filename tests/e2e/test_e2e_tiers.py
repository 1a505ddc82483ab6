"""What an operator grants reaches the gateway, and a secret that auth issues signs a film there: once."""

from __future__ import annotations

import asyncio
import hmac
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from hashlib import sha256

import httpx
import pytest

from philo.films.account import fresh
from philo.films.api import Json
from philo.stack import Endpoints
from philo_auth.operators import appoint_in
from philo_kernel.http.identity import OPERATOR

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("e2e")]


@pytest.fixture
async def http(studio: Endpoints) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"{studio.gateway}/api/v1", timeout=30) as client:
        yield client


async def registered(http: httpx.AsyncClient) -> Json:
    known = fresh()
    known["username"] = known.pop("name")
    answer = await http.post("/auth/register", json=known)
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


def bearer(tokens: Json) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens['access_token']}"}


async def until(ask: Callable[[], Awaitable[httpx.Response]], fits: Callable[[httpx.Response], bool]) -> httpx.Response:
    """Ask until it fits: what is awaited happens in other processes."""
    async with asyncio.timeout(30):
        while not fits(answer := await ask()):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    return answer


async def test_a_granted_tier_holds_at_the_gateway(studio: Endpoints, http: httpx.AsyncClient) -> None:
    ada, bob = await registered(http), await registered(http)
    wish = {"script": "A heron waits.", "config": {"resolution": "2160p"}}
    refused = await http.post("/jobs", json=wish, headers=bearer(ada))
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/tier-too-low")
    path = f"/auth/users/{ada['user']['id']}/subscription"
    assert (await http.put(path, json={"tier": "vip"}, headers=bearer(bob))).status_code == 403
    assert await appoint_in(studio.databases["auth"], bob["user"]["id"], OPERATOR)
    operator = (await http.post("/auth/refresh", json={"refresh_token": bob["refresh_token"]})).json()
    assert (await http.put(path, json={"tier": "vip"}, headers=bearer(operator))).status_code == 200
    usage = await until(
        lambda: http.get("/auth/me/usage", headers=bearer(ada)), lambda answer: answer.json()["tier"] == "vip"
    )
    assert set(usage.json()) >= {"tier", "period", "video_minutes", "concurrent_jobs", "spend"}
    assert (await http.get("/auth/me", headers=bearer(ada))).json()["tier"] == "vip"
    job = await http.post("/jobs", json=wish, headers=bearer(ada))
    assert (job.status_code, job.json()["priority"]) == (202, "high")
    assert (await http.delete(f"/jobs/{job.json()['id']}", headers=bearer(ada))).status_code == 202
    spared = await until(
        lambda: http.get("/auth/me/usage", headers=bearer(ada)),
        lambda answer: answer.json()["video_minutes"]["used"] == 0,
    )
    assert spared.json()["queued_jobs"]["used"] == 0


async def test_a_secret_signs_one_film_with_one_request(http: httpx.AsyncClient) -> None:
    ada = await registered(http)
    secret = (await http.post("/auth/signing-secrets", json={"name": "lessons"}, headers=bearer(ada))).json()

    async def send() -> httpx.Response:
        wish = {"sessionId": "one", "sceneCount": 1, "prompt": "A heron waits.", "timestamp": int(time.time())}
        body = json.dumps(wish).encode()
        signature = hmac.new(secret["secret"].encode(), body, sha256).hexdigest()
        headers = {"X-Webhook-Key": secret["id"], "X-Webhook-Signature": f"sha256={signature}"}
        return await http.post("/jobs/generate", content=body, headers=headers | {"Content-Type": "application/json"})

    begun = await until(send, lambda answer: answer.status_code != 401)
    assert begun.status_code == 202, begun.text
    again = await http.post("/jobs/generate", content=begun.request.content, headers=begun.request.headers)
    assert (again.status_code, again.json()["type"]) == (401, "/problems/signature-refused")
    job = (await http.get(f"/jobs/{begun.json()['job_id']}", headers=bearer(ada))).json()
    assert (job["session_id"], job["user_id"]) == ("one", ada["user"]["id"])
    await http.delete(f"/jobs/{job['id']}", headers=bearer(ada))
