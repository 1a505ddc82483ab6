"""Three kinds of failure: the database is away, somebody was in the way, and bugs."""

from __future__ import annotations

import asyncpg
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from philo_kernel.store import StreamConflict

AWAY = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.InterfaceError,
)
IN_THE_WAY = (
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
    if isinstance(error, ConnectionError | InterfaceError):
        return True
    if isinstance(error, OperationalError) and not in_the_way(error):
        return True
    return any(isinstance(step, AWAY) for step in chain(error))


def in_the_way(error: BaseException) -> bool:
    """A conflict, a deadlock or a timeout: the same thing may well succeed at once."""
    return any(isinstance(step, StreamConflict | TimeoutError | IN_THE_WAY) for step in chain(error))
