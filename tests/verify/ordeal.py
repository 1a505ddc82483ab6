"""Many jobs at once, by people who cancel, retry and edit, while adapters fail and services die."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import httpx
from aiokafka import AIOKafkaConsumer
from aiokafka.admin import AIOKafkaAdminClient

from philo.films.account import fresh
from philo.films.api import Api
from philo.films.errors import FilmError
from philo.stack import Endpoints
from tests.facts import WORKERS, count, rows
from tests.verify.crowd import Crowd

PEOPLE = 5
IN_FLIGHT = 32
ENDED = {"completed", "failed", "cancelled", "moderation_failed"}
MOVING = """
    select (select count(*) from outbox)
      + (select count(*) from pgqueuer where status = 'picked' or execute_after < now() + interval '1 second')"""
SCRIPT = "Script number {number}. Two foxes cross the river, and one of them looks back."
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360000002000001e221bc33000000"
    "0049454e44ae426082"
)


@dataclass
class Person:
    api: Api
    user: str
    password: str


@dataclass
class Ordeal:
    """`ends` are the states of jobs, `done` what people did besides asking."""

    at: Endpoints
    ends: Counter[str] = field(default_factory=Counter)
    done: Counter[str] = field(default_factory=Counter)
    kills: int = 0
    erased: str = ""


async def suffered(running: Crowd, jobs: int, kills: int, seed: int) -> Ordeal:
    """Ask, meddle, wait until all is at rest; then one of them goes for good, and all is at rest once more."""
    found, dice = Ordeal(running.at), random.Random(seed)
    people = [await arrived(running.at.gateway) for _ in range(PEOPLE)]
    killing = asyncio.create_task(running.kill_now_and_then(kills))
    places = asyncio.Semaphore(IN_FLIGHT)

    async def one(number: int) -> None:
        async with places:
            await lived(people[number % PEOPLE], number, random.Random(f"{seed} {number}"), found)

    await asyncio.gather(*(one(number) for number in range(jobs)))
    await killing
    await until_at_rest(running.at)
    await keep_and_leave(people, found, dice)
    await until_at_rest(running.at)
    for person in people:
        await person.api.client.aclose()
    found.kills = running.kills
    for row in await rows(running.at, "gateway", "select status, count(*) from job group by status"):
        found.ends[row["status"]] = row["count"]
    return found


async def arrived(gateway: str) -> Person:
    account = fresh()
    api = Api(gateway, httpx.AsyncClient(base_url=gateway, timeout=60))
    await api.register(**account)
    user = (await api.call("GET", "/auth/me")).json()["id"]
    return Person(api, user, account["password"])


async def lived(who: Person, number: int, dice: random.Random, found: Ordeal) -> None:
    """One job and what its owner does with it."""
    wish = {"script": SCRIPT.format(number=number), "title": f"Film {number}"}
    wish |= {"max_retries": dice.choice([1, 2, 3]), "retry_delay_seconds": 0.2}
    job = (await insisted(who, "POST", "/jobs", json=wish)).json()["id"]
    if dice.random() < 0.1:
        await asyncio.sleep(dice.uniform(0, 1.5))
        with suppress(FilmError):  # it may have ended just now
            await who.api.call("DELETE", f"/jobs/{job}")
            found.done["cancelled"] += 1
    status = await ended(who, job)
    if status == "failed" and dice.random() < 0.6:
        with suppress(FilmError):
            await who.api.call("POST", f"/jobs/{job}/retry")
            found.done["retried"] += 1
        status = await ended(who, job)
    if status == "completed" and dice.random() < 0.15:
        await edited(who, job, dice, found)


async def edited(who: Person, job: str, dice: random.Random, found: Ordeal) -> None:
    path = f"/jobs/{job}/scenes/s{dice.randrange(5)}"
    with suppress(FilmError):  # an edit that failed leaves the film as it was
        tag = (await who.api.call("GET", path)).headers["etag"]
        said = {"narration": f"Said otherwise, number {dice.randrange(10**6)}."}
        child = (await who.api.call("PATCH", path, json=said, headers={"If-Match": tag})).json()["id"]
        found.done["edited"] += 1
        await ended(who, child)


async def ended(who: Person, job: str) -> str:
    async with asyncio.timeout(900):
        while (status := (await insisted(who, "GET", f"/jobs/{job}")).json()["status"]) not in ENDED:  # noqa: ASYNC110 - in other processes
            await asyncio.sleep(0.3)
    return str(status)


async def insisted(who: Person, method: str, path: str, **about: object) -> httpx.Response:
    """Gateway may be dead just now."""
    while True:
        try:
            return await who.api.call(method, path, **about)
        except FilmError:
            await asyncio.sleep(0.5)


async def keep_and_leave(people: Sequence[Person], found: Ordeal, dice: random.Random) -> None:
    """Keys, an upload, logging out everywhere; and somebody deletes their account."""
    for person in people:
        key = {"name": "a key", "scopes": ["jobs:read"]}
        issued = (await person.api.call("POST", "/auth/api-keys", json=key)).json()["id"]
        if dice.random() < 0.5:
            await person.api.call("DELETE", f"/auth/api-keys/{issued}")
        await person.api.call("POST", "/assets", files={"file": ("dot.png", PNG, "image/png")})
    await until_at_rest(found.at)
    gone = people[-1]
    await gone.api.call("DELETE", "/auth/me", json={"password": gone.password})
    found.erased = gone.user


async def until_at_rest(at: Endpoints) -> None:
    """Nothing is on its way, and who is erased is forgotten everywhere. What was put off for long may wait."""
    async with asyncio.timeout(900):
        while await anything(at, MOVING, *WORKERS) or await lag(at) or await anything(at, MOVING, *WORKERS):  # noqa: ASYNC110
            await asyncio.sleep(0.3)


async def lag(at: Endpoints) -> int:
    """Records that lie on Kafka and were not handled by everybody who listens."""
    admin, reader = AIOKafkaAdminClient(bootstrap_servers=at.kafka), AIOKafkaConsumer(bootstrap_servers=at.kafka)
    await asyncio.gather(admin.start(), reader.start())
    try:
        behind = 0
        for service in WORKERS:
            done = await admin.list_consumer_group_offsets(f"philo.{service}")
            ends = await reader.end_offsets(list(done))
            behind += sum(ends[place] - known.offset for place, known in done.items())
        return behind
    finally:
        await asyncio.gather(admin.close(), reader.stop())


async def anything(at: Endpoints, query: str, *services: str) -> bool:
    return any([await count(at, service, query) for service in services])
