"""Auth in this process, over a migrated database of the test's own."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_auth.main import api
from philo_auth.settings import AuthSettings
from philo_kernel.database import engine_for
from philo_kernel.migrate import migrate
from philo_kernel.readiness import Started

sys.path.append(str(Path(__file__).parent))  # for the world

from auth_world import CHEAP, KEY, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def engine(database) -> AsyncIterator[AsyncEngine]:
    await migrate("auth", database)
    engine = engine_for(database, pool=8)
    yield engine
    await engine.dispose()


@pytest.fixture
async def client(engine, clock) -> AsyncIterator[httpx.AsyncClient]:
    settings = AuthSettings(
        service_instance="auth-0",
        database_url=engine.url.render_as_string(),
        kafka_bootstrap_servers="none",
        redis_url="none",
        s3_endpoint="none",
        s3_access_key="none",
        s3_secret_key="none",
        http_port=0,
        auth_signing_key=KEY,
    )
    transport = httpx.ASGITransport(api(settings, engine, Started(), hasher=CHEAP, now=clock))
    async with httpx.AsyncClient(transport=transport, base_url="http://auth/api/v1/auth") as client:
        yield client
