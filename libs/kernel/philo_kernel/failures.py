"""Three kinds of failure: the database is away, somebody was in the way, and bugs."""

from __future__ import annotations

import asyncpg
from sqlalchemy.exc import DBAPIError

from philo_kernel.store import StreamConflict


class DatabaseAway(ConnectionError):
    """No connection can be had: the server is down, does not answer, or all connections are in use."""


AWAY = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    ConnectionError,
    asyncpg.InternalClientError,  # the server's farewell has come between two statements
)
IN_THE_WAY = (
    StreamConflict,
    TimeoutError,
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.LockNotAvailableError,
    asyncpg.QueryCanceledError,
)


def chain(error: BaseException) -> list[BaseException]:
    """The error, what the driver meant by it, and what it was raised from."""
    found: list[BaseException] = []
    step: BaseException | None = error
    while step is not None and step not in found:
        found.append(step)
        step = (step.orig if isinstance(step, DBAPIError) else None) or step.__cause__
    return found


def database_away(error: BaseException) -> bool:
    """Nothing is wrong with the event: wait, never park; it could not even be parked."""
    return any(isinstance(step, AWAY) or lost(step) for step in chain(error))


def lost(step: BaseException) -> bool:
    """asyncpg says "connection is closed" with the same class as it does for a driver's bug; only the words differ."""
    if isinstance(step, DBAPIError):
        return step.connection_invalidated
    return isinstance(step, asyncpg.InterfaceError) and "clos" in str(step)


def in_the_way(error: BaseException) -> bool:
    """A conflict, a deadlock or a timeout: the same thing may well succeed at once."""
    return any(isinstance(step, IN_THE_WAY) for step in chain(error))
