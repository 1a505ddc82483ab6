"""Notify in this process, over a migrated database that all its tests share: each has users of its own."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncEngine

from philo.testing_service import identity, migrated_database
from philo_kernel.database import engine_for
from philo_kernel.http.server import serve
from philo_kernel.readiness import Started
from philo_kernel.worker import Worker
from philo_notify.feed import Feed
from philo_notify.main import http
from philo_notify.wakes import Wakes
from philo_notify.webhooks.tasks import Deliveries, deliver

sys.path.append(str(Path(__file__).parent))  # for the world

from notify_world import Listening, Teller, notify_settings


@pytest.fixture(scope="session")
def notify_database(servers) -> Iterator[str]:
    with migrated_database(servers, "notify") as url:
        yield url


@pytest_asyncio.fixture
async def engine(notify_database: str) -> AsyncIterator[AsyncEngine]:
    made = engine_for(notify_database, pool=6)
    yield made
    await made.dispose()


@pytest_asyncio.fixture
async def wakes(servers, topic_prefix: str) -> AsyncIterator[Wakes]:
    async with Redis.from_url(servers.redis) as redis:
        yield Wakes(redis, f"{topic_prefix}.feed")


@pytest.fixture
def feed(engine) -> Feed:
    return Feed(engine)


@pytest.fixture
def ada(engine, wakes) -> Teller:
    return Teller(engine, wakes, f"ada-{uuid4().hex[:8]}")


@pytest.fixture
def bob(engine, wakes) -> Teller:
    return Teller(engine, wakes, f"bob-{uuid4().hex[:8]}")


@pytest_asyncio.fixture
async def app(servers, notify_database: str, engine, wakes):
    async with httpx.AsyncClient() as nobody:
        made = http(notify_settings(servers, notify_database), engine, nobody, wakes, Started())
        made.state.identity = identity(engine)
        yield made


@pytest_asyncio.fixture
async def deliveries(app) -> AsyncIterator[Deliveries]:
    """Tries again after hundredths of a second, three times."""
    made: Deliveries = app.state.webhooks.deliveries
    made.rests, made.chance = [timedelta(seconds=0.05)] * 3, lambda: 0.5
    yield made
    await made.carrier.close()


@pytest_asyncio.fixture
async def carrying(deliveries, engine, notify_database: str) -> AsyncIterator[Deliveries]:
    """The same, with a worker that does what is queued."""
    worker = Worker("notify", [deliver], engine, deliveries, 4)
    running = asyncio.create_task(worker.run(notify_database))
    yield deliveries
    await worker.drain(5)
    await running


@pytest_asyncio.fixture
async def listening(app) -> AsyncIterator[Listening]:
    async with serve(app, "127.0.0.1", 0, grace=1) as port:
        yield Listening(f"127.0.0.1:{port}")


@pytest.fixture(params=["sse", "ws"])
def listen(request, listening):
    """Listen by either way: `listen(user, path without its last word, after)`."""

    def opened(user: str, path: str = "/realtime", after: int | None = None):
        query = "" if after is None else f"?after={after}"
        if request.param == "sse":
            return listening.sse(user, f"{path}/events{query}")
        return listening.ws(user, f"{path}/ws{query}")

    return opened
