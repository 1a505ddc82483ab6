"""A film as a client makes it: asked for over HTTP, watched over the WebSocket, fetched when it is there."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from philo.films.account import fresh
from philo.films.api import ENDS, Api, Json
from philo.films.words import Words

T = TypeVar("T")
QUIET: Json = {"resolution": "480p", "music": {"enabled": False}}
"""The smallest film that is still one."""


@dataclass(frozen=True)
class Film:
    """The job as its last message tells it, everything that was told on the way, and the files."""

    job: Json
    messages: list[Json]
    history: list[Json]
    folder: Path
    owner: str
    """The `Authorization` of whoever asked for it."""

    @property
    def id(self) -> str:
        return str(self.job["id"])

    @property
    def video(self) -> Path:
        return self.folder / "film.mp4"

    @property
    def srt(self) -> str:
        return (self.folder / "subtitles.srt").read_text(encoding="utf-8")


@asynccontextmanager
async def newcomer(gateway: str) -> AsyncIterator[Api]:
    """Somebody who has just registered."""
    async with Api.at(gateway) as api:
        await api.register(**fresh())
        yield api


@asynccontextmanager
async def again(gateway: str, film: Film) -> AsyncIterator[Api]:
    """The film's owner, once more."""
    async with Api.at(gateway) as api:
        api.client.headers["Authorization"] = film.owner
        yield api


async def told_after(api: Api, job: str, number: int) -> list[Json]:
    """What a client is told of the job that has every message up to `number`."""
    messages: list[Json] = []
    words = Words()
    async with asyncio.timeout(60), api._socket(f"/jobs/{job}/ws?after={number}") as socket:
        async for text in socket:
            message = json.loads(text)
            if (whole := words.completed(message)) is not None:
                messages.append(whole)
            if message["event"] in ENDS:
                break
    return messages


async def filmed(api: Api, script: str, config: Json, folder: Path, title: str | None = None) -> Film:
    """Ask, watch, fetch."""
    job = await api.request_film(script, config, title)
    messages = [message async for message in api.watch(job["id"])]
    history, owner = await api.history(job["id"]), api.client.headers["Authorization"]
    film = Film(messages[-1]["job"], messages, history, folder, owner)
    assert film.job["status"] == "completed", film.job["error"]
    await api.fetch(film.id, film.video)
    subtitles = await api.call("GET", f"/jobs/{film.id}/subtitles.srt", follow_redirects=True)
    (folder / "subtitles.srt").write_bytes(subtitles.content)
    return film


def elsewhere(work: Callable[[], Awaitable[T]]) -> T:
    """Await `work` on a loop in another thread: a fixture that outlives one test cannot use the loop of that test."""

    async def awaited() -> T:
        return await work()

    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(lambda: asyncio.run(awaited())).result()


def unheard() -> str:
    """A sentence that no job before has spoken."""
    return f"This is the tale of number {secrets.randbelow(900_000) + 100_000}."
