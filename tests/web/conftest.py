"""The studio in a browser, before the same running services as the other films."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, expect

from philo.films.account import fresh
from philo.films.api import Api
from philo.stack import Endpoints
from tests.e2e.conftest import home, studio
from tests.filming import QUIET, elsewhere, filmed
from tests.web.browser import Watched, chromium, opened, running

__all__ = ["home", "studio"]
expect.set_options(timeout=20_000)  # on a machine that draws films meanwhile

SCRIPT = """A small boat leaves the harbour at dawn, and nobody sees it go.

At noon the wind turns. The sky is black, and rain falls on the sea.

In the evening it comes home, and the lamp is lit."""
MISSING = "no Chromium is here: install one (Debian: `apt-get install chromium`) or name it in PHILO_CHROMIUM"


@dataclass(frozen=True)
class Premiere:
    """A finished film, and what its owner logs in with."""

    job: str
    email: str
    password: str


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

    async def make() -> str:
        async with Api.at(studio.gateway) as api:
            await api.register(**account)
            return (await filmed(api, SCRIPT, {**QUIET, "scenes": 3}, tmp_path_factory.mktemp("premiere"))).id

    return Premiere(elsewhere(make), account["email"], account["password"])
