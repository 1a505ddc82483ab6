"""A toy service's database, and the service itself in this process."""

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_kernel.database import engine_for

sys.path.append(str(Path(__file__).parent))  # for the toys

from kernel_toys import Look, create_tables


@pytest_asyncio.fixture
async def dsn(database: str) -> str:
    await create_tables(database)
    return database


@pytest_asyncio.fixture
async def engine(dsn: str) -> AsyncIterator[AsyncEngine]:
    made = engine_for(dsn, pool=8)
    yield made
    await made.dispose()


@pytest_asyncio.fixture
async def look(dsn: str) -> AsyncIterator[Look]:
    connection = await asyncpg.connect(dsn)
    yield Look(connection)
    await connection.close()
