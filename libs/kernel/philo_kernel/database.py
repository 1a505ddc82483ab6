"""A service's own PostgreSQL: one engine, one pool without overflow."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import structlog
from sqlalchemy import event, make_url
from sqlalchemy.dialects.postgresql.asyncpg import AsyncAdapt_asyncpg_connection
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.exc import TimeoutError as PoolExhausted
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from philo_kernel.failures import DatabaseAway, database_away

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def engine_for(dsn: str, *, pool: int = 16, application: str = "philo", timeout: float = 10) -> AsyncEngine:
    """Overflow connections would each ask the catalogue about types again, so there are none; callers wait instead.

    Statements commit by themselves; what belongs together runs in a `unit_of_work`, which begins and commits.
    """
    url = make_url(dsn).set(drivername="postgresql+asyncpg")
    engine = create_async_engine(
        url,
        pool_size=pool,
        max_overflow=0,
        pool_timeout=30,
        pool_pre_ping=False,
        hide_parameters=True,  # an error would repeat them in the logs: password hashes, addresses
        isolation_level="AUTOCOMMIT",
        connect_args={"server_settings": {"application_name": application}, "timeout": timeout},
    )
    event.listen(engine.sync_engine, "checkout", refuse_closed)
    return engine


def refuse_closed(adapted: DBAPIConnection, *_: object) -> None:
    """A connection that was cut while its raw half was in use lies in the pool as if it were good. The pool makes a new
    one for it then; asking the driver costs nothing, unlike a ping."""
    if cast("AsyncAdapt_asyncpg_connection", adapted).driver_connection.is_closed():
        raise DisconnectionError("the server has closed this connection")


@asynccontextmanager
async def connected(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection of the pool. Raises `DatabaseAway` for every reason for which there is none."""
    connection = engine.connect()
    try:
        await connection.start()
    except (OSError, PoolExhausted) as error:  # a TimeoutError is an OSError
        raise DatabaseAway(f"no connection to the database: {error!r}") from error
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def reading(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    """A session for questions. Raises `DatabaseAway` when there is no connection for it."""
    async with connected(engine) as connection, AsyncSession(connection) as session:
        yield session


async def ping(engine: AsyncEngine) -> None:
    """Raises `DatabaseAway`, or whatever the driver says, when the database does not answer."""
    async with connected(engine) as connection:
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
