"""Connections to databases whose addresses people wrote."""

from __future__ import annotations

import asyncpg

from philo.replay.database_trouble import in_words
from philo.stack.provision import driver_url
from philo_kernel.replay.forbidden_addresses import addresses_of


async def connected(url: str, whose: str) -> asyncpg.Connection:
    """Raises `StackError` where the URL is no address of a database, else one of the `TROUBLES`."""
    try:
        return await asyncpg.connect(driver_url(url))
    except ValueError as error:
        raise in_words(error, whose) from error


def look_for(url: str, whose: str) -> None:
    """Raises `StackError` where the URL is no address of a server, or nobody knows its host."""
    try:
        list(addresses_of(url))
    except (OSError, ValueError) as error:
        raise in_words(error, whose) from error
