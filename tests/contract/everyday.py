"""What people and operators do with Philo, so that every table has something in it and most statements are sent."""

from __future__ import annotations

import asyncio
import hmac
import json
import time
import uuid
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from philo.films.account import fresh
from philo.films.api import Api, Json
from philo.films.errors import Refused
from philo.stack import Endpoints
from philo_auth.operators import appoint_in
from philo_contracts.topics import topic
from philo_kernel import kafka
from philo_kernel.http.identity import OPERATOR
from tests.facts import count
from tests.filming import QUIET, filmed, newcomer, told_after, unheard
from tests.paid.provider import SCENES

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef"
    "0000000049454e44ae426082"
)
FORBIDDEN = "This lesson is about the war. It says how to build a bomb at home, and why nobody should."


async def everyday(at: Endpoints) -> None:
    account = fresh()
    async with newcomer(at.gateway) as ada, newcomer(at.gateway) as operator:
        await operator.register(**account)
        await appoint_in(at.databases["auth"], account["email"], OPERATOR)
        await operator.login(account["email"], account["password"])
        await settle_in(ada, operator)
        await make_films(ada)
        await sign(ada)
        await judge(ada, operator)
    await leave(at)
    await spoil(at)


async def settle_in(ada: Api, operator: Api) -> None:
    """An account with everything that one can have."""
    user = (await ada.call("GET", "/auth/me")).json()["id"]
    await operator.call("PUT", f"/auth/users/{user}/subscription", json={"tier": "studio"})
    await operator.call("PUT", f"/users/{user}/budget", json={"per_month": "50.00"})
    await ada.call("POST", "/test/hello")
    for _ in range(2):
        key = (await ada.call("POST", "/auth/api-keys", json={"name": "a program", "scopes": ["jobs:read"]})).json()
    await ada.call("DELETE", f"/auth/api-keys/{key['id']}")
    await ada.call("POST", "/auth/send-verification", json={"phone": "+4915123456789"})
    hook = {"url": "http://127.0.0.1:9/hook", "events": ["job.completed"]}
    made = (await ada.call("POST", "/webhooks", json=hook)).json()
    await ada.call("POST", f"/webhooks/{made['id']}/rotate")
    await ada.call("POST", f"/webhooks/{made['id']}/test")
    await ada.call("POST", "/realtime/tickets")
    await ada.call("POST", "/assets", files={"file": ("sea.png", PNG, "image/png")})
    for path in ("/auth/me/usage", "/auth/api-keys", "/webhooks", f"/webhooks/{made['id']}/deliveries", "/assets"):
        await ada.call("GET", path)


async def make_films(ada: Api) -> None:
    project = (await ada.call("POST", "/projects", json={"name": "Tea"})).json()["id"]
    told = " ".join(unheard() for _ in range(SCENES))  # as the reader expects it
    with TemporaryDirectory() as folder:
        config = {"resolution": "480p", "scenes": SCENES, "pictures": "openai"}
        film = await filmed(ada, told, config, Path(folder))
    await edit(ada, film.id, film.job["scenes"][0]["id"])
    wish = {"script": f"{unheard()} A heron waits.", "project_id": project, "config": QUIET, "priority": "low"}
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    later = (await ada.call("POST", "/jobs", json=wish, headers=headers)).json()["id"]
    await ada.call("POST", "/jobs", json=wish, headers=headers)
    await ada.cancel(later)
    await ada.call("POST", "/jobs/estimate", json=wish)
    for path in ("/jobs", f"/jobs/{film.id}", f"/jobs/{film.id}?at_version=5", f"/jobs/{film.id}/costs", "/projects"):
        await ada.call("GET", path)


async def edit(ada: Api, job: str, scene: str) -> None:
    read = await ada.call("GET", f"/jobs/{job}/scenes/{scene}")
    change, headers = {"narration": f"{unheard()} The fox rests."}, {"If-Match": read.headers["ETag"]}
    child: Json = (await ada.call("PATCH", f"/jobs/{job}/scenes/{scene}", json=change, headers=headers)).json()
    await told_after(ada, child["id"], 0)


async def sign(ada: Api) -> None:
    """A film of a session, asked for by a program with a signature."""
    known = (await ada.call("POST", "/auth/signing-secrets", json={"name": "a school"})).json()
    wish = {"session_id": "lesson-1", "scene_count": 1, "prompt": "A heron waits.", "timestamp": int(time.time())}
    body = json.dumps(wish).encode()
    signature = hmac.new(known["secret"].encode(), body, sha256).hexdigest()
    headers = {
        "X-Webhook-Key": known["id"],
        "X-Webhook-Signature": f"sha256={signature}",
        "Content-Type": "application/json",
    }
    async with Api.at(ada.base) as school, asyncio.timeout(30):
        while True:
            with suppress(Refused):  # gateway has not heard of the secret yet
                await school.call("POST", "/jobs/generate", content=body, headers=headers)
                return
            await asyncio.sleep(0.2)


async def judge(ada: Api, operator: Api) -> None:
    """What moderation refuses, and an operator looks at."""
    job = await ada.request_film(FORBIDDEN, QUIET)
    await told_after(ada, job["id"], 0)
    await operator.call("POST", f"/jobs/{job['id']}/moderation", json={"decision": "reject", "reason": "A recipe."})
    for path in ("/dead-letters", "/providers/status"):
        await operator.call("GET", path)


async def leave(at: Endpoints) -> None:
    """Somebody comes, and deletes their account."""
    account = fresh()
    async with newcomer(at.gateway) as bob:
        await bob.register(**account)
        user = (await bob.call("GET", "/auth/me")).json()["id"]
        await bob.request_film(f"{unheard()} Bob was here.", QUIET)
        await bob.call("DELETE", "/auth/me", json={"password": account["password"]})
    async with asyncio.timeout(60):
        while not all([await erased(at, service, user) for service in at.databases]):  # noqa: ASYNC110 - in other processes
            await asyncio.sleep(0.5)


async def erased(at: Endpoints, service: str, user: str) -> int:
    return await count(at, service, "select count(*) from data_key where tenant = $1 and erased_at is not null", user)


async def spoil(at: Endpoints) -> None:
    """A record that nobody can handle."""
    async with kafka.producing(at.kafka) as producer:
        await producer.send_and_wait(topic("philo", "gateway"), b"no fact", key=b"nobody", headers=[])
    async with asyncio.timeout(60):
        while not await count(at, "notify", "select count(*) from dead_letter"):  # noqa: ASYNC110 - in another process
            await asyncio.sleep(0.2)
