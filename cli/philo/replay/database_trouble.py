"""Why a database could not be read, and what to do about it. Pure."""

from __future__ import annotations

import asyncpg

from philo.stack.errors import StackError

TROUBLES = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""What asyncpg raises while it connects and asks."""
AWAY = (asyncpg.PostgresConnectionError, asyncpg.CannotConnectNowError, asyncpg.AdminShutdownError)
REFUSED = (
    "{whose} does not let us in: {why}. Check the user and the password: --database or PHILO_DATABASES say them, else the "
    "stack does whose folder this is."
)
NOT_THERE = (
    "{whose} is missing: {why}. Check its name in --database or PHILO_DATABASES; `philo up` makes those of a stack."
)
OTHER_TABLES = (
    "{whose} has not the tables of this version: {why}. Migrate it first: `philo up` does so for a stack, "
    "`DATABASE_URL=… python -m philo_kernel.migrate SERVICE` for any other."
)
NO_ADDRESS = (
    "What is said for {whose} is no address of a database: {why}. One looks like postgresql://user:password@host:5432/name, "
    "with %2F for / and %40 for @ in a password."
)
SILENT = "{whose} does not answer: {why}. Is the stack up?"
OTHERWISE = "{whose} cannot be read: {why}. Its own log says more: `philo logs postgres` shows the stack's."


def in_words(error: BaseException, whose: str = "a database") -> StackError:
    """What to raise in the place of one of the `TROUBLES`, or of the ValueError of an address."""
    told = pattern(error).format(whose=whose, why=str(error).rstrip(".") or type(error).__name__)
    return StackError(told[0].upper() + told[1:])


def pattern(error: BaseException) -> str:
    match error:
        case asyncpg.InvalidAuthorizationSpecificationError():
            return REFUSED
        case ValueError() if isinstance(error, asyncpg.ClientConfigurationError) or not isinstance(error, TROUBLES):
            return NO_ADDRESS
        case asyncpg.InvalidCatalogNameError():
            return NOT_THERE
        case asyncpg.UndefinedTableError() | asyncpg.UndefinedColumnError():
            return OTHER_TABLES
        case asyncpg.PostgresError() if not isinstance(error, AWAY):
            return OTHERWISE
        case _:
            return SILENT
