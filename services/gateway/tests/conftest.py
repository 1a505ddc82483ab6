"""Gateway in this process, over a migrated database that all its tests share: each has users of its own."""

import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from philo.testing_service import identity, migrated_database
from philo_gateway.main import http
from philo_kernel.database import engine_for
from philo_kernel.objects import S3Objects
from philo_kernel.readiness import Started

sys.path.append(str(Path(__file__).parent))  # for the world

from gateway_world import Client, gateway_settings


@pytest.fixture(scope="session")
def gateway_database(servers) -> Iterator[str]:
    with migrated_database(servers, "gateway") as url:
        yield url


@pytest_asyncio.fixture
async def engine(gateway_database: str) -> AsyncIterator[AsyncEngine]:
    made = engine_for(gateway_database, pool=6)
    yield made
    await made.dispose()


@pytest_asyncio.fixture
async def app(servers, gateway_database: str, engine: AsyncEngine):
    settings = gateway_settings(servers, gateway_database)
    async with httpx.AsyncClient() as nobody:
        made = http(settings, engine, nobody, S3Objects(settings), Started())
        made.state.identity = identity(engine)
        yield made


@pytest_asyncio.fixture
async def ada(app) -> AsyncIterator[Client]:
    async with Client(app, f"ada-{uuid4().hex[:8]}") as client:
        yield client


@pytest_asyncio.fixture
async def bob(app) -> AsyncIterator[Client]:
    async with Client(app, f"bob-{uuid4().hex[:8]}") as client:
        yield client
