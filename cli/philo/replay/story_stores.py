"""The stores of the services, read where they lie: no service has to be up, and one that is away is named."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from importlib import import_module

import asyncpg
from asyncpg import Connection

from philo.replay.database_trouble import TROUBLES
from philo.stack.errors import StackError
from philo_contracts.topics import SERVICES
from philo_kernel.replay.forbidden_addresses import addresses_of
from philo_kernel.replay.projection import Projection
from philo_kernel.replay.story import Away, Story, story_of
from philo_kernel.replay.story_chapter import Chapter
from philo_kernel.replay.story_reading import chapter
from philo_kernel.replay.story_verdict import Verdict
from philo_kernel.replay.story_verdict import verdicts as held

PATIENCE = 5.0
"""Seconds that a database has to take a connection."""
READING = {"default_transaction_read_only": "on", "application_name": "philo-replay"}
NOWHERE = "Nobody says where it is: there is no stack in this folder. Name it with --database SERVICE=URL."


@dataclass
class Stores:
    """Open connections by service, and which could not be opened."""

    connections: dict[str, Connection] = field(default_factory=dict)
    away: list[Away] = field(default_factory=list)


def lost(urls: Mapping[str, str]) -> list[Away]:
    """Whose host nobody knows."""
    found = []
    for service, url in urls.items():
        try:
            list(addresses_of(url))
        except (OSError, ValueError) as error:
            found.append(Away(service=service, why=reason(error)))
    return found


@asynccontextmanager
async def opened(urls: Mapping[str, str], away: Sequence[Away] = ()) -> AsyncIterator[Stores]:
    """Connect to all at once, but for those that are `away` already; whoever does not answer is so as well."""
    stores = Stores(away=list(away))
    named = [service for service in SERVICES if service not in {one.service for one in away}]
    async with AsyncExitStack() as closing:
        found = await asyncio.gather(*(connected(urls.get(service)) for service in named))
        for service, connection in zip(named, found, strict=True):
            if isinstance(connection, str):
                stores.away.append(Away(service=service, why=connection))
            else:
                stores.connections[service] = connection
                closing.push_async_callback(connection.close, timeout=PATIENCE)
        yield stores


async def connected(url: str | None) -> Connection | str:
    """A connection that can only read, or why there is none."""
    if url is None:
        return NOWHERE
    try:
        return await asyncpg.connect(url, timeout=PATIENCE, server_settings=READING)
    except TROUBLES as error:
        return reason(error)


async def read(stores: Stores, job: str) -> tuple[Story, list[Chapter]]:
    """The story as far as it can be read. Raises `StackError` when no store answers, or none knows the job."""
    chapters: list[Chapter] = []
    for service, connection in list(stores.connections.items()):
        try:
            chapters.append(await chapter(connection, service, job))
        except TROUBLES as error:
            del stores.connections[service]
            stores.away.append(Away(service=service, why=reason(error)))
    if not chapters:
        raise StackError(f"No store can be read: {stores.away[0].why}")
    story = story_of(job, chapters, stores.away)
    if not story.moments:
        unread = f" {', '.join(one.service for one in story.away)} could not be read." if story.away else ""
        raise StackError(f"Nothing was ever said of a job {job}.{unread}")
    return story, chapters


async def verdicts(stores: Stores, job: str, chapters: Sequence[Chapter]) -> list[Verdict]:
    """What every service keeps of the job, held against the facts of all."""
    facts = [fact for one in chapters for fact in one.told]
    found = []
    for service, connection in stores.connections.items():
        found += await held(connection, service, kept_by(service), job, facts)
    return found


def kept_by(service: str) -> tuple[Projection, ...]:
    """Imported when it is asked for: a service brings much along."""
    kept: tuple[Projection, ...] = import_module(f"philo_{service}.replaying").PROJECTIONS
    return kept


def reason(error: BaseException) -> str:
    return str(error) or type(error).__name__
