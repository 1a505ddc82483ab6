"""A pytest plugin: real servers for a test run.

`pytest_plugins = ["philo.testing"]` gives the fixtures `servers`, `database` and `topic_prefix`. All pytest-xdist workers
share one stack; the last of them stops it, and it ends by itself when they are killed. With `PHILO_TEST_STACK=containers`
and a Docker engine that answers, the servers are containers instead, one set a worker.
"""

import asyncio
import fcntl
import gc
import os
import secrets
from collections.abc import Awaitable, Callable, Collection, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import asyncpg
import pytest

from philo.stack import Endpoints, Stack
from philo.stack.endpoints import database_url
from philo.stack.provision import driver_url

T = TypeVar("T")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported and collected stays until the end: looking through it for garbage took a fifth of a quick run."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoints]:
    """PostgreSQL, Kafka, Valkey and S3, for the whole run."""
    from philo.testing_containers import containers, docker_answers  # noqa: PLC0415 - most runs do without

    with ExitStack() as running:
        if os.environ.get("PHILO_TEST_STACK") == "containers" and docker_answers():
            yield running.enter_context(containers())
        else:
            yield running.enter_context(shared_stack(folder_of_the_run(tmp_path_factory) / "philo-stack"))


@pytest.fixture
def database(servers: Endpoints) -> Iterator[str]:
    """The URL of a fresh, empty database (`postgresql://…`, its owner the admin), dropped afterwards."""
    with fresh_database(servers) as url:
        yield url


@pytest.fixture
def topic_prefix() -> str:
    """What to begin the names of topics, groups and the like with, so that no other test shares them."""
    return f"test-{secrets.token_hex(6)}-"


@contextmanager
def fresh_database(servers: Endpoints) -> Iterator[str]:
    """The URL of an empty database, dropped at the end of the block."""
    name = f"test_{secrets.token_hex(8)}"
    elsewhere(lambda: _execute(servers.database_admin_url, f'CREATE DATABASE "{name}"'))
    try:
        yield database_url(servers.database_admin_url, name)
    finally:
        elsewhere(lambda: _execute(servers.database_admin_url, f'DROP DATABASE "{name}" WITH (FORCE)'))


@contextmanager
def shared_stack(home: Path, *, services: bool = False, extras: Collection[str] = ()) -> Iterator[Endpoints]:
    """One stack for every process that names the same home; the last one out stops it."""
    home.mkdir(parents=True, exist_ok=True)
    lease = home / "users.lock"
    stack = Stack(home, throwaway=True, lease=lease)
    with lease.open("a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield stack.up(services=services, extras=extras)
        finally:
            fcntl.flock(users, fcntl.LOCK_UN)
    with lease.open("a") as users, suppress(BlockingIOError):
        # Newcomers wait for this lock, and then start afresh.
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        stack.down()


def folder_of_the_run(factory: pytest.TempPathFactory) -> Path:
    """Where all pytest-xdist workers of this run may leave things for each other."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def elsewhere(work: Callable[[], Awaitable[T]]) -> T:
    """Await `work` on a loop in another thread: the test's own loop is not ours to touch."""

    async def awaited() -> T:
        return await work()

    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(lambda: asyncio.run(awaited())).result()


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(driver_url(url))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
