"""A service's own PostgreSQL: one engine, one pool without overflow."""

from __future__ import annotations

import asyncio

import structlog
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from philo_kernel.failures import database_away

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def engine_for(dsn: str, *, pool: int = 16, application: str = "philo") -> AsyncEngine:
    """Overflow connections would each ask the catalogue about types again, so there are none; callers wait instead."""
    url = make_url(dsn).set(drivername="postgresql+asyncpg")
    return create_async_engine(
        url,
        pool_size=pool,
        max_overflow=0,
        pool_timeout=30,
        pool_pre_ping=False,
        connect_args={"server_settings": {"application_name": application}, "timeout": 10},
    )


async def ping(engine: AsyncEngine) -> None:
    """Raises whatever the driver says when the database does not answer."""
    async with engine.connect() as connection:
        await connection.exec_driver_sql("select 1")


async def reachable(engine: AsyncEngine) -> None:
    """A database that is away at start is waited for."""
    while True:
        try:
            return await ping(engine)
        except Exception as error:
            if not database_away(error):
                raise
            log.warning("waiting for the database", error=repr(error))
            await asyncio.sleep(0.5)
