"""One ordeal: films are asked for, their makers are killed, and what is left is kept for the tests to look at."""

from __future__ import annotations

import asyncio
import os
import random
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import psutil
import pytest

from philo.films.api import Api, Json
from philo.films.errors import FilmError
from philo.stack import Endpoints, Row, Stack, State
from philo.testing import folder_of_the_run, shared_stack
from tests.chaos.audit import at_rest
from tests.chaos.victims import FULL, SHORT, Profile, Reaper
from tests.filming import QUIET, elsewhere, newcomer, unheard

ENDED = {"completed", "failed", "cancelled", "moderation_failed"}
PLACES = ("harbour", "mill", "bridge", "orchard", "market", "tower", "river", "forest")


@dataclass(frozen=True)
class Ordeal:
    """Every job that was asked for, as the API tells it at the end, by id; who died; and how the stack is afterwards."""

    at: Endpoints
    jobs: dict[str, Json]
    videos: dict[str, bytes]
    kills: list[str]
    survivors: list[psutil.Process]
    parts: dict[str, Row]


@pytest.fixture(scope="module")
def ordeal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ordeal]:
    home = folder_of_the_run(tmp_path_factory) / "philo-chaos"
    profile = FULL if os.environ.get("PHILO_CHAOS") == "full" else SHORT
    seed = int(os.environ.get("PHILO_CHAOS_SEED") or secrets.randbelow(10**6))
    with shared_stack(home, services=True) as at:
        yield elsewhere(lambda: suffered(at, home, profile, seed))


async def suffered(at: Endpoints, home: Path, profile: Profile, seed: int) -> Ordeal:
    reaper = Reaper(Stack(home), random.Random(seed))
    print(f"Repeat it with PHILO_CHAOS_SEED={seed}.")
    async with newcomer(at.gateway) as api:
        asked = [await api.request_film(script(number), QUIET | {"scenes": 2}) for number in range(profile.jobs)]
        killing = asyncio.create_task(reaper.run(profile))
        try:
            async with asyncio.timeout(profile.patience):
                jobs = await until_ended(api, [job["id"] for job in asked], killing, profile)
                await until_at_rest(at, reaper.stack)
            videos = {name: await video(api, name) for name, job in jobs.items() if job["status"] == "completed"}
        finally:
            print("\n".join(reaper.log))
    return Ordeal(at, jobs, videos, reaper.log, reaper.survivors(), reaper.stack.status().rows)


def script(number: int) -> str:
    """Two scenes that nobody has spoken or drawn before."""
    place = PLACES[number % len(PLACES)]
    return f"{unheard()} A fox walks to the {place} alone.\n\n{unheard()} At night she comes home from the {place}."


async def until_ended(api: Api, asked: list[str], killing: asyncio.Task[None], profile: Profile) -> dict[str, Json]:
    """Every kill of a short profile is waited for as well; those of a full one end with the films."""
    while True:
        jobs = {job["id"]: job for job in await listed(api)}
        ended = all(jobs.get(name, {}).get("status") in ENDED for name in asked)
        if killing.done():
            killing.result()
        if ended and (killing.done() or profile.kills is None):
            killing.cancel()
            return {name: jobs[name] for name in asked}
        await asyncio.sleep(0.5)


async def listed(api: Api) -> list[Json]:
    """Nothing, while those who could tell are dead."""
    try:
        found: list[Json] = (await api.call("GET", "/jobs", params={"page_size": 100})).json()["items"]
    except FilmError:
        return []
    return found


async def until_at_rest(at: Endpoints, stack: Stack) -> None:
    while True:
        with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            if all(row.state is State.READY for row in stack.status().rows.values()) and await at_rest(at):
                return
        await asyncio.sleep(0.3)


async def video(api: Api, job: str) -> bytes:
    while True:
        with suppress(FilmError):
            return (await api.call("GET", f"/jobs/{job}/output", follow_redirects=True)).content
        await asyncio.sleep(0.3)
