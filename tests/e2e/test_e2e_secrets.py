"""Secrets go in by every door, rightly and wrongly; none is found in a log, a fact, a table, a topic or an error."""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from philo.films.api import Json
from philo.stack import Endpoints
from philo.stack.home import Home
from philo.stack.record import load
from philo.testing_traces import Collector
from tests.e2e.conftest import PAINTER
from tests.facts import WORKERS, rows
from tests.filming import QUIET, newcomer, unheard
from tests.looking import TABLES, facts_with, lines_with, tables_with, words_on_topics

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("e2e")]

EVERYBODY = ("auth", *WORKERS)
SHOWN = b'"logger": "philo.sms"', b'"logger":"philo.sms"'
"""The one place where a code may stand: this stack has no carrier, and shows its messages to whoever runs it."""


@dataclass
class Planted:
    """What must not be found, by what it is; the code of a phone, which is looked for as a word; all refusals."""

    secrets: dict[str, str] = field(default_factory=dict)
    code: str = ""
    refusals: list[httpx.Response] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        return list(self.secrets.values())

    async def refused(self, client: httpx.AsyncClient, method: str, path: str, **about: object) -> None:
        answer = await client.request(method, path, **about)  # type: ignore[arg-type]
        assert answer.status_code >= 400, (method, path, answer.status_code)
        self.refusals.append(answer)


def the_stacks_own(home: Path) -> dict[str, str]:
    """Passwords and keys that the servers and services are started with. Of a key in PEM, its heart."""
    record = load(Home(home))
    assert record is not None
    hearts = {name: text.splitlines()[1] if "\n" in text else text for name, text in record.secrets.items()}
    return hearts | {"provider key": PAINTER["STABILITY_API_KEY"]}


def code_shown(home: Path, phone: str) -> str:
    lines = [line for log in home.rglob("auth*.log") for line in log.read_text(encoding="utf-8").splitlines()]
    return next(str(json.loads(line)["text"])[:6] for line in lines if f'"{phone}"' in line)


async def log_in_by_phone(client: httpx.AsyncClient, home: Path, planted: Planted) -> None:
    phone = f"+49151{secrets.randbelow(10**8):08d}"
    assert (await client.post("/auth/send-verification", json={"phone": phone})).status_code == 202
    planted.code = code_shown(home, phone)
    await planted.refused(client, "POST", "/auth/verify-phone", json={"phone": phone, "code": planted.code, "x": 1})
    wrong = {"phone": "+1 555", "code": planted.code}
    await planted.refused(client, "POST", "/auth/verify-phone", json=wrong)
    assert (await client.post("/auth/verify-phone", json={"phone": phone, "code": planted.code})).status_code == 200


async def register(client: httpx.AsyncClient, planted: Planted) -> Json:
    """An account, and its password shown to every path that takes one, in a wrong way as well."""
    password, name = f"planted-{secrets.token_urlsafe(18)}", f"planted-{secrets.token_hex(4)}"
    planted.secrets["password"] = password
    account = {"email": f"{name}@philo.example", "username": name, "password": password}
    session: Json = (await client.post("/auth/register", json=account)).json()
    for path in ("/auth/register", "/auth/login", "/auth/session", "/auth/refresh", "/jobs"):
        await planted.refused(client, "POST", path, json={"password": [password], "email": 1})
        await planted.refused(client, "POST", path, content=f'{{"password": "{password}"'.encode())
        await planted.refused(client, "POST", path, json=password)
    await planted.refused(client, "POST", "/auth/register", json=account)
    login = {"email": account["email"], "password": f"{password} "}
    await planted.refused(client, "POST", "/auth/login", json=login | {"email": f"not-{login['email']}"})
    planted.secrets |= {name: session[name] for name in ("access_token", "refresh_token")}
    return session


async def issue(client: httpx.AsyncClient, planted: Planted) -> None:
    """Credentials of every kind, each sent where it is not taken."""
    key: str = (await client.post("/auth/api-keys", json={"name": "x", "scopes": ["jobs:read"]})).json()["key"]
    signing: Json = (await client.post("/auth/signing-secrets", json={"name": "x"})).json()
    wish = {"url": "https://hooks.example.org/x", "events": ["job.completed"], "description": ""}
    hook: Json = (await client.post("/webhooks", json=wish)).json()
    planted.secrets |= {
        "API key": key.rsplit("_", 1)[-1] if key.count("_") == 2 else key[-40:],
        "signing secret": signing["secret"],
        "webhook secret": str(hook["secret"]).removeprefix("whsec_"),
    }
    bare = {"Authorization": ""}
    await planted.refused(client, "GET", "/projects", headers=bare | {"X-API-Key": key})
    await planted.refused(client, "GET", "/jobs", headers=bare | {"X-API-Key": f"{key}x"})
    await planted.refused(client, "GET", f"/nowhere?api_key={key}")
    await planted.refused(client, "GET", "/jobs", headers={"Authorization": f"Basic {planted.secrets['password']}"})
    signed = {"X-Webhook-Key": signing["id"], "X-Webhook-Signature": f"t=1,v1={signing['secret']}"}
    await planted.refused(client, "POST", "/jobs/generate", json={"script": "x"}, headers=bare | signed)


async def wear_out(client: httpx.AsyncClient, planted: Planted, session: Json) -> None:
    """A refresh token is used, used again, and shown where it is none."""
    first = session["refresh_token"]
    following: Json = (await client.post("/auth/refresh", json={"refresh_token": first})).json()
    planted.secrets["next refresh token"] = following["refresh_token"]
    await planted.refused(client, "POST", "/auth/refresh", json={"refresh_token": f"{first}x"})
    await planted.refused(client, "POST", "/auth/refresh", json={"refresh_token": {"a": first}})
    await planted.refused(client, "GET", "/jobs", headers={"Authorization": f"Bearer {first}"})
    await planted.refused(client, "DELETE", "/auth/me", json={"password": f"{planted.secrets['password']}?"})


async def ask_the_painter(studio: Endpoints) -> None:
    """A provider is called with its key, and does not answer: that is told in logs, in facts and in the job."""
    async with newcomer(studio.gateway) as api:
        wish = {"script": unheard(), "config": QUIET | {"pictures": "stability"}}
        job: Json = (await api.call("POST", "/jobs", json=wish | {"max_retries": 6, "retry_delay_seconds": 0.5})).json()
        last = job
        async for message in api.watch(job["id"]):
            last = message.get("job") or last
        assert last["status"] == "completed", last["error"]
        assert last["warnings"], "nobody told that the painter was away"


async def test_of_all_secrets_that_went_in_none_is_found_anywhere(
    studio: Endpoints, home: Path, traces: Collector
) -> None:
    planted = Planted(secrets=the_stacks_own(home))
    base = f"{studio.gateway}/api/v1"
    async with httpx.AsyncClient(base_url=base, timeout=60) as client:
        session = await register(client, planted)
        await log_in_by_phone(client, home, planted)
        client.headers["Authorization"] = f"Bearer {session['access_token']}"
        await issue(client, planted)
        await wear_out(client, planted, session)
    await ask_the_painter(studio)

    assert all(len(word) >= 16 for word in planted.words), "too short to be recognised"
    assert lines_with(home / "logs", EVERYBODY, planted.words) == []
    assert await tables_with(studio, planted.words) == []
    assert await facts_with(studio, planted.words) == []
    assert await words_on_topics(studio, planted.words) == []
    assert told_in(planted.refusals, planted.words) == []
    assert traced(traces, [*planted.words, planted.code]) == []
    assert await shown_code(studio, home, planted.code) == []


def traced(traces: Collector, words: list[str]) -> list[str]:
    """Which of these were sent to the collector, in whatever place. Spans of every service have to be among it."""
    assert {span.service.removeprefix("philo-") for span in traces.spans} >= set(EVERYBODY)
    return [word for word in words if any(word.encode() in body for body in traces.bodies)]


def told_in(refusals: list[httpx.Response], words: list[str]) -> list[str]:
    """Which refusals say one of these, in their bodies or headers."""
    said = [(one, f"{one.text} {one.headers}") for one in refusals]
    return [f"{one.request.method} {one.request.url.path}" for one, text in said if any(word in text for word in words)]


async def shown_code(studio: Endpoints, home: Path, code: str) -> list[str]:
    """Where a code of six digits stands by itself, but for the message that was shown."""
    alone = rf"(?<![0-9a-f.]){code}(?![0-9a-f])"
    found = [
        f"{log.name}:{number}"
        for service in EVERYBODY
        for log in sorted((home / "logs").glob(f"{service}*.log*"))
        for number, line in enumerate(log.read_bytes().splitlines(), 1)
        if re.search(alone.encode(), line) and not any(mark in line for mark in SHOWN)
    ]
    for (table,) in await rows(studio, "auth", TABLES):
        query = f'select count(*) from "{table}" t where t::text ~ $1'
        found += [f"auth.{table}"] * bool((await rows(studio, "auth", query, alone))[0][0])
    return found
