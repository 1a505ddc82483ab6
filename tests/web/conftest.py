"""The studio in a browser, before the same running services as the other films."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import cv2
import numpy as np
import pytest
from playwright.async_api import Browser, expect

from philo.films.account import fresh
from philo.films.api import Api
from philo.stack import Endpoints
from tests.e2e.conftest import home, studio, traces
from tests.filming import QUIET, elsewhere, filmed
from tests.web.browser import Watched, chromium, opened, running

__all__ = ["home", "studio", "traces"]
expect.set_options(timeout=20_000)  # on a machine that draws films meanwhile

SCRIPT = """A small boat leaves the harbour at dawn, and nobody sees it go.

At noon the wind turns. The sky is black, and rain falls on the sea.

In the evening it comes home, and the lamp is lit."""
MISSING = "no Chromium is here: install one (Debian: `apt-get install chromium`) or name it in PHILO_CHROMIUM"


@dataclass(frozen=True)
class Premiere:
    """A finished film, what its owner logs in with, and what else is theirs."""

    job: str
    email: str
    password: str
    project: str
    webhook: str


@pytest.fixture(scope="session")
def engine_of_the_browser() -> str:
    path = chromium()
    if path is None:
        pytest.skip(f"THE STUDIO IS NOT TESTED: {MISSING}")
    return path


@pytest.fixture
async def browser(engine_of_the_browser: str) -> AsyncIterator[Browser]:
    async with running(engine_of_the_browser) as one:
        yield one


@pytest.fixture
async def window(browser: Browser, studio: Endpoints) -> AsyncIterator[Watched]:
    async with opened(browser, studio.gateway) as watched:
        yield watched


@pytest.fixture(scope="session")
def premiere(engine_of_the_browser: str, studio: Endpoints, tmp_path_factory: pytest.TempPathFactory) -> Premiere:
    account = fresh()

    async def make() -> Premiere:
        async with Api.at(studio.gateway) as api:
            await api.register(**account)
            film = await filmed(api, SCRIPT, {**QUIET, "scenes": 3}, tmp_path_factory.mktemp("premiere"))
            project = (await api.call("POST", "/projects", json={"name": "Tales of the sea"})).json()["id"]
            hook = {"url": "http://127.0.0.1:9/nobody", "events": ["job.completed"], "description": "Nobody is there"}
            webhook = (await api.call("POST", "/webhooks", json=hook)).json()["id"]
            await api.call("POST", f"/webhooks/{webhook}/test")
            await api.call("POST", "/assets", files={"file": ("a lake in the evening.png", a_picture())})
        return Premiere(film.id, account["email"], account["password"], project, webhook)

    return elsewhere(make)


def a_picture() -> bytes:
    """A lake in the evening, as PNG."""
    down, across = np.mgrid[0:180, 0:320]
    colours = np.dstack([90 + down / 2, 110 + across / 6, 200 - down / 2]).astype(np.uint8)
    return bytes(cv2.imencode(".png", colours)[1])


@asynccontextmanager
async def receiver() -> AsyncIterator[tuple[str, list[bytes]]]:
    """The address of somebody who takes every webhook, and the heads of what came."""
    came: list[bytes] = []

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/philo", came
