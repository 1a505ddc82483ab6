"""One stack with its services for all films, and the film of the packaged demo, made once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from importlib.resources import files
from pathlib import Path

import pytest

from philo.films.account import fresh
from philo.films.api import Api
from philo.stack import Endpoints, Stack
from philo.testing import folder_of_the_run, shared_stack
from philo.testing_traces import Collector, collecting
from philo_auth.operators import appoint_in
from philo_kernel.http.identity import OPERATOR
from tests.e2e.hearing import Heard, heard
from tests.e2e.seeing import Seen, seen
from tests.filming import Film, elsewhere, filmed, newcomer

PAINTER = {
    "STABILITY_API_KEY": "sk-planted-9f2c7a51d06b4e83",
    "STABILITY_BASE_URL": "http://127.0.0.1:9",
    "PICTURE_RETRIES": "0",
}


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_of_the_run(tmp_path_factory) / "philo-e2e"


@pytest.fixture(scope="session")
def traces() -> Iterator[Collector]:
    """All that the services record, as any collector would be sent it."""
    with collecting() as collector:
        yield collector


@pytest.fixture(scope="session")
def studio(home: Path, traces: Collector) -> Iterator[Endpoints]:
    """The servers and the services, as `philo up` starts them; and a painter is hired who is not there."""
    with ExitStack() as up:
        with pytest.MonkeyPatch.context() as environment:  # the services are told; other tests are not
            for name, value in (PAINTER | {"OTLP_ENDPOINT": traces.endpoint}).items():
                environment.setenv(name, value)
            at = up.enter_context(shared_stack(home, services=True))
        yield at


@pytest.fixture
def stack(home: Path, studio: Endpoints) -> Stack:
    """To look at its processes."""
    return Stack(home)


@pytest.fixture
async def api(studio: Endpoints) -> AsyncIterator[Api]:
    """Somebody who has just registered."""
    async with newcomer(studio.gateway) as one:
        yield one


@pytest.fixture
async def operator(studio: Endpoints) -> AsyncIterator[Api]:
    """Somebody who runs this installation."""
    account = fresh()
    async with newcomer(studio.gateway) as api:
        await api.register(**account)
        assert await appoint_in(studio.databases["auth"], account["email"], OPERATOR)
        await api.login(account["email"], account["password"])
        yield api


@pytest.fixture(scope="session")
def script() -> str:
    return (files("philo") / "scripts" / "demo.en.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def demo(studio: Endpoints, script: str, tmp_path_factory: pytest.TempPathFactory) -> Film:
    """What `philo demo` makes: the only film of its owner."""

    async def make() -> Film:
        async with newcomer(studio.gateway) as owner:
            return await filmed(owner, script, {}, tmp_path_factory.mktemp("demo"))

    return elsewhere(make)


@pytest.fixture(scope="session")
def frames(demo: Film) -> Seen:
    return seen(demo.video)


@pytest.fixture(scope="session")
def ear(demo: Film) -> Heard:
    return heard(demo.video)
