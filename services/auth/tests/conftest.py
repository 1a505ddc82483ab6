"""Auth in this process, over a migrated database of the test's own."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_auth.main import api
from philo_auth.settings import AuthSettings
from philo_kernel.database import engine_for
from philo_kernel.migrate import migrate
from philo_kernel.readiness import Started

sys.path.append(str(Path(__file__).parent))  # for the world

from auth_world import CHEAP, KEY, PAGE, Clock, Messages, client_at


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
def phone_messages() -> Messages:
    return Messages()


@pytest.fixture
def settings(engine) -> AuthSettings:
    return AuthSettings(
        service_instance="auth-0",
        database_url=engine.url.render_as_string(),
        kafka_bootstrap_servers="none",
        redis_url="none",
        s3_endpoint="none",
        s3_access_key="none",
        s3_secret_key="none",
        http_port=0,
        auth_signing_key=KEY,
        auth_hash_key="h" * 32,
        signing_secrets_key="s" * 32,
        auth_origins=(PAGE,),
    )


@pytest.fixture
def app(settings, engine, clock, phone_messages) -> FastAPI:
    return api(settings, engine, Started(), sms=phone_messages, hasher=CHEAP, now=clock)


@pytest.fixture
async def client(app) -> AsyncIterator[httpx.AsyncClient]:
    async with client_at("127.0.0.1", app) as client:
        yield client
