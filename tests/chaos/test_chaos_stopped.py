"""Whoever is told to stop (SIGTERM) under load ends in time, by itself, and gives back what it had in hand."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil
import pytest

from philo.films.api import PREFIX, Api, Json
from philo.films.errors import FilmError
from philo.stack import Endpoints, Stack
from philo.testing import folder_of_the_run, shared_stack
from tests.chaos import audit
from tests.chaos.conftest import script
from tests.chaos.victims import CHILDREN, SERVICES, until_found
from tests.facts import WORKERS, count, left_to_do
from tests.filming import QUIET, elsewhere, newcomer

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("chaos")]

FULL = os.environ.get("PHILO_CHAOS") == "full"
JOBS, ROUNDS = (12, 4) if FULL else (4, 1)
SCENES = 2
WITHIN = 25.0
"""Seconds: the promise. Kubernetes is told to wait longer (deploy/k8s)."""
HELD = "select count(*) from pgqueuer where status = 'picked'"


@dataclass
class Stopped:
    """One process that was told to stop: how long it took, what its service's queue held then as if somebody worked on
    it, which of its children lived on, and whether it said itself that it had ended."""

    service: str
    seconds: float
    held: int
    orphans: list[psutil.Process]
    said_so: bool


@dataclass
class Drained:
    at: Endpoints
    stopped: list[Stopped] = field(default_factory=list)
    jobs: list[Json] = field(default_factory=list)
    left: dict[str, int] = field(default_factory=dict)


@pytest.fixture(scope="module")
def drained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drained]:
    home = folder_of_the_run(tmp_path_factory) / "philo-stopped"
    with shared_stack(home, services=True) as at:
        yield elsewhere(lambda: ordeal(at, home))


async def ordeal(at: Endpoints, home: Path) -> Drained:
    found = Drained(at)
    async with newcomer(at.gateway) as api, listening(api) as opened:
        asked = [await api.request_film(script(number), QUIET | {"scenes": SCENES}) for number in range(JOBS)]
        for service in SERVICES * ROUNDS:
            await opened.wait()
            found.stopped.append(await told_to_stop(at, home, service))
            print(f"{service}: {found.stopped[-1].seconds:.1f} s")
        async with asyncio.timeout(240):
            found.jobs = [await ended(api, job["id"]) for job in asked]
            while not await audit.at_rest(at):  # noqa: ASYNC110 - in other processes
                await asyncio.sleep(0.3)
        found.left = await left_to_do(at)
    return found


@asynccontextmanager
async def listening(api: Api) -> AsyncIterator[asyncio.Event]:
    """A stream through gateway to notify that its client never ends: whoever waited for that would never stop. The
    event is set while it is open."""
    opened = asyncio.Event()

    async def listen() -> None:
        while True:
            with suppress(httpx.TransportError):  # cut with gateway or notify, it comes back
                async with api.client.stream("GET", f"{PREFIX}/realtime/events", timeout=None) as stream:
                    if stream.is_success:
                        opened.set()
                    async for _ in stream.aiter_bytes():
                        pass
            opened.clear()
            await asyncio.sleep(0.2)

    task = asyncio.create_task(listen())
    try:
        yield opened
    finally:
        task.cancel()


async def told_to_stop(at: Endpoints, home: Path, service: str) -> Stopped:
    """At a moment when its children work, if it has any."""
    stack, dice = Stack(home), random.Random(service)
    if f"a child of {service}" in CHILDREN:
        with suppress(TimeoutError):
            async with asyncio.timeout(5):
                await until_found(stack, f"a child of {service}", dice)
    process = await until_found(stack, service, dice)
    children, log = process.children(recursive=True), home / "logs" / f"{service}.log"
    told, since = log.stat().st_size, time.monotonic()
    process.send_signal(signal.SIGTERM)
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.02)
    seconds = time.monotonic() - since
    held = await count(at, service, HELD) if service in WORKERS else 0
    orphans = [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]
    return Stopped(service, seconds, held, orphans, '"stopped"' in log.read_bytes()[told:].decode(errors="replace"))


async def ended(api: Api, job: str) -> Json:
    while True:
        with suppress(FilmError):
            found: Json = (await api.call("GET", f"/jobs/{job}")).json()
            if found["status"] in {"completed", "failed", "cancelled", "moderation_failed"}:
                return found
        await asyncio.sleep(0.3)


def test_each_ends_in_time(drained: Drained) -> None:
    assert {one.service for one in drained.stopped} == set(SERVICES)
    assert {one.service: one.seconds for one in drained.stopped if one.seconds > WITHIN} == {}


def test_each_ends_by_itself_and_says_so(drained: Drained) -> None:
    assert [one.service for one in drained.stopped if not one.said_so] == []


def test_what_it_had_in_hand_is_done_or_given_back(drained: Drained) -> None:
    assert {one.service: one.held for one in drained.stopped if one.held} == {}


def test_its_children_end_with_it(drained: Drained) -> None:
    assert [one.service for one in drained.stopped if one.orphans] == []


def test_every_film_is_completed_all_the_same(drained: Drained) -> None:
    assert [job["error"] for job in drained.jobs if job["status"] != "completed"] == []
    assert len(drained.jobs) == JOBS


async def test_every_result_was_said_exactly_once(drained: Drained) -> None:
    wanted = {"Narrate": SCENES, "Paint": SCENES, "Draw": SCENES, "Mix": 1, "Join": 1}
    for kind, order in audit.EFFECTS.items():
        said = await audit.results(drained.at, "tts" if order == "Narrate" else "render", kind)
        assert set(said.values()) == {1}, kind
        assert len(said) == wanted[order] * JOBS, kind


def test_nothing_is_lost_or_left(drained: Drained) -> None:
    assert drained.left == {}
