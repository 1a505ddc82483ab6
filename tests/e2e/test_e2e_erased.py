"""Whoever deletes their account leaves nothing behind: no row, no fact that can be read, no upload, no film."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from hashlib import sha256
from pathlib import Path

import pytest

from philo.films.account import fresh
from philo.films.api import Api, Json
from philo.stack import Endpoints
from philo_contracts.envelope import Envelope
from tests.facts import WORKERS, count, left_to_do, rows
from tests.filming import QUIET, Film, again, filmed
from tests.looking import lines_with, objects_named, tables_with

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("e2e")]

EVERYBODY = ("auth", *WORKERS)
GONE = "select count(*) from data_key where tenant = $1 and erased_at is not null"
ORDERED = (
    "select count(*) from pgqueuer where (headers->>'tenant' = $1 or headers->>'job' = $1) and execute_after <= now()"
)
HEARD = "select count(*) from inbox where event = $1"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def a_name() -> str:
    """A word that nobody has ever said."""
    return "Zwali" + "".join(secrets.choice("bdgklmnrtv") + secrets.choice("aeiou") for _ in range(4))


async def until(true: Callable[[], Awaitable[object]], seconds: float = 90) -> None:
    async with asyncio.timeout(seconds):
        while not await true():  # noqa: ASYNC110 - the condition lies in other processes
            await asyncio.sleep(0.2)


class Person:
    """Somebody with a film that tells of a name which is their own, a project, and an upload."""

    def __init__(self, api: Api, account: dict[str, str]) -> None:
        self.api, self.account, self.name = api, account, a_name()
        self.user, self.film = "", Film({}, [], [], Path(), "")

    async def live(self, folder: Path) -> None:
        await self.api.register(**self.account)
        self.user = (await self.api.call("GET", "/auth/me")).json()["id"]
        await self.api.call("POST", "/projects", json={"name": f"All of {self.name}"})
        sent = {"file": (f"{self.name}.png", PNG, "image/png")}
        await self.api.call("POST", "/assets", files=sent)
        script = f"{self.name} lived in a tower by the sea. Every night {self.name} counted the ships."
        self.film = await filmed(self.api, script, QUIET, folder, f"The tale of {self.name}")

    @property
    def traces(self) -> list[str]:
        return [self.name, self.name.lower(), self.account["email"], self.account["name"]]

    @property
    def things(self) -> list[str]:
        """What their objects are named after."""
        return [self.film.id, sha256(self.user.encode()).hexdigest()[:32]]


async def the_word(studio: Endpoints, user: str) -> Envelope:
    """The fact that auth has said of them."""
    query = "select envelope from event where type = 'UserErased' and key = $1"
    [row] = await rows(studio, "auth", query, user)
    return Envelope.model_validate_json(row["envelope"])


async def test_of_whoever_deletes_their_account_nothing_stays_and_others_are_untouched(
    studio: Endpoints, home: Path, tmp_path: Path
) -> None:
    async with Api.at(studio.gateway) as hers, Api.at(studio.gateway) as his:
        ada, bob = Person(hers, fresh()), Person(his, fresh())
        (tmp_path / "ada").mkdir()
        (tmp_path / "bob").mkdir()
        await bob.live(tmp_path / "bob")
        await ada.live(tmp_path / "ada")
        assert "gateway.job" in await tables_with(studio, ada.traces)
        assert len({key.split("/")[0] for key in objects_named(studio, ada.things)}) > 1

        running = await ada.api.request_film(f"{ada.name} wakes up. " * 40, QUIET)
        listening = asyncio.create_task(to_the_end(studio, ada.api, running["id"]))
        confirmed = {"password": ada.account["password"]}
        answer = await ada.api.client.request("DELETE", f"{studio.gateway}/api/v1/auth/me", json=confirmed)
        assert (answer.status_code, answer.json()) == (202, {"status": "erasing"})
        await everybody_has_heard(studio, ada.user)
        await asyncio.wait_for(listening, 30)

        assert await tables_with(studio, ada.traces) == []
        assert objects_named(studio, [*ada.things, running["id"]]) == []
        assert lines_with(home / "logs", EVERYBODY, ada.traces) == []
        assert (await ada.api.client.get(f"{studio.gateway}/api/v1/jobs/{ada.film.id}")).status_code == 401
        await untouched(studio, bob)

        before = {service: await counts(studio, service) for service in EVERYBODY}
        await told_again(studio, ada.user)
        assert {service: await counts(studio, service) for service in EVERYBODY} == before
        assert {name for name in await left_to_do(studio, EVERYBODY) if name.endswith("dead_letter")} == set()


async def to_the_end(studio: Endpoints, api: Api, job: str) -> None:
    """Listen until the server has had enough."""
    url = f"{studio.gateway}/api/v1/jobs/{job}/events"
    async with api.client.stream("GET", url) as answer:
        assert answer.status_code == 200
        async for _ in answer.aiter_lines():
            pass


async def everybody_has_heard(studio: Endpoints, user: str) -> None:
    for service in EVERYBODY:
        await until(lambda at=service: count(studio, at, GONE, user))
        await until(lambda at=service: nothing_ordered(studio, at, user))


async def nothing_ordered(studio: Endpoints, service: str, user: str) -> bool:
    return not await count(studio, service, ORDERED, user)


async def untouched(studio: Endpoints, bob: Person) -> None:
    async with again(studio.gateway, bob.film) as api:
        job: Json = (await api.call("GET", f"/jobs/{bob.film.id}")).json()
        assert bob.name in job["script"]
        assert bob.name in str((await api.call("GET", "/projects")).json())
        assert await api.history(bob.film.id) == bob.film.history
        await api.fetch(bob.film.id, bob.film.folder / "again.mp4")
    assert (bob.film.folder / "again.mp4").read_bytes() == bob.film.video.read_bytes()


async def counts(studio: Endpoints, service: str) -> dict[str, int]:
    """How many rows there are of what is somebody's."""
    tables = {"event", "data_key", "dead_letter", "laid_aside"}
    tables |= {"job", "asset", "project", "ledger_entry"} if service == "gateway" else set()
    tables |= {"job_view", "feed"} if service == "notify" else set()
    return {table: await count(studio, service, f"select count(*) from {table}") for table in sorted(tables)}


async def told_again(studio: Endpoints, user: str) -> None:
    """As after a crash between sending and forgetting: the fact goes out once more."""
    word = await the_word(studio, user)
    again_ = "insert into outbox select position from event where id = $1 returning position"
    await rows(studio, "auth", again_, word.id)
    await until(lambda: emptied(studio))
    for service in WORKERS:
        assert await count(studio, service, HEARD, word.id) > 0


async def emptied(studio: Endpoints) -> bool:
    return not await count(studio, "auth", "select count(*) from outbox")
