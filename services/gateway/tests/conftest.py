"""Gateway in this process, over a migrated database that all its tests share: each has users of its own."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx
import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_gateway.main import http
from philo_kernel.database import engine_for
from philo_kernel.http.identity import Identity
from philo_kernel.http.keys import KnownKeys
from philo_kernel.known_keys import KnownApiKeys
from philo_kernel.migrate import migrate
from philo_kernel.objects import S3Objects
from philo_kernel.readiness import Started

sys.path.append(str(Path(__file__).parent))  # for the world

from gateway_world import SIGNING, Client, gateway_settings


@pytest.fixture(scope="session")
def gateway_database(servers) -> Iterator[str]:
    name = f"test_gateway_{uuid4().hex}"
    url = servers.database_admin_url.rsplit("/", 1)[0] + f"/{name}"

    async def execute(statement: str) -> None:
        connection = await asyncpg.connect(servers.database_admin_url)
        await connection.execute(statement)
        await connection.close()

    with ThreadPoolExecutor(1) as elsewhere:  # the test's own loop is left alone
        elsewhere.submit(asyncio.run, execute(f'create database "{name}"')).result()
        elsewhere.submit(asyncio.run, migrate("gateway", url)).result()
        yield url
        elsewhere.submit(asyncio.run, execute(f'drop database "{name}" with (force)')).result()


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
        made.state.identity = Identity(KnownKeys({"test": SIGNING.public_key()}), KnownApiKeys(engine))
        yield made


@pytest_asyncio.fixture
async def ada(app) -> AsyncIterator[Client]:
    async with Client(app, f"ada-{uuid4().hex[:8]}") as client:
        yield client


@pytest_asyncio.fixture
async def bob(app) -> AsyncIterator[Client]:
    async with Client(app, f"bob-{uuid4().hex[:8]}") as client:
        yield client
