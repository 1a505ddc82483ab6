"""Reads the logs of services: whose stories there are, and all that was said in some of them. Nothing is written."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg
from asyncpg import Connection

from philo_contracts.envelope import Envelope
from philo_kernel.store import envelope_of

BATCH = 50
"""Stories in hand at once. A film of forty scenes has some hundred facts of a kilobyte or two."""
# Each page begins behind the last key: no offset, no cursor that stays open, and the index alone is read.
KEYS = "select key from event where key > $1 and position >= $3 group by key order by key limit $2"
KNOWN = "select distinct key from event where key = any($1::text[]) and position >= $2"
SAID = """
    select key, position, id, type, stream, version, at, tenant, envelope, sealed, secret, erased_at
    from event left join data_key using (tenant)
    where key = any($1::text[]) and ($2::text[] is null or type = any($2)) order by position"""


@dataclass(frozen=True)
class LoggedFact:
    """One fact of a log. Of somebody who was erased there is no envelope, and none where a key is lost."""

    service: str
    key: str
    position: int
    id: UUID
    type: str
    stream: str
    version: int
    at: datetime
    tenant: str | None
    envelope: Envelope | None
    erased_at: datetime | None


@dataclass(frozen=True)
class Logs:
    """Connections to the databases of services, by name."""

    connections: Mapping[str, Connection]

    async def said(self, service: str, keys: Sequence[str], types: Iterable[str] | None = None) -> list[LoggedFact]:
        wanted = None if types is None else sorted(types)
        rows = await self.connections[service].fetch(SAID, keys, wanted)
        return [fact_of(service, row) for row in rows]

    async def keys(self, service: str, since: int = 0, after: str = "") -> AsyncIterator[list[str]]:
        """Every key of a log with a fact from the position `since` on, some at a time, those behind `after`."""
        last = after
        while found := await self.connections[service].fetch(KEYS, last, BATCH, since):
            keys = [row["key"] for row in found]
            last = keys[-1]
            yield keys

    async def known(self, service: str, keys: Sequence[str], since: int = 0) -> set[str]:
        return {row["key"] for row in await self.connections[service].fetch(KNOWN, keys, since)}


def fact_of(service: str, row: asyncpg.Record) -> LoggedFact:
    same = {
        name: row[name] for name in ("key", "position", "id", "type", "stream", "version", "at", "tenant", "erased_at")
    }
    return LoggedFact(service=service, envelope=envelope_of(row), **same)


async def stories(
    logs: Logs, services: Sequence[str], since: Mapping[str, int] | None = None
) -> AsyncIterator[list[str]]:
    """Every key of these logs once, some at a time; a key that an earlier log has too was there already."""
    begun = since or {}
    for place, service in enumerate(services):
        async for keys in logs.keys(service, begun.get(service, 0)):
            fresh = set(keys)
            for earlier in services[:place]:
                if fresh:
                    fresh -= await logs.known(earlier, sorted(fresh), begun.get(earlier, 0))
            if fresh:
                yield [key for key in keys if key in fresh]


@asynccontextmanager
async def opened(databases: Mapping[str, str], *, writable: Iterable[str] = ()) -> AsyncIterator[Logs]:
    """The logs of these services. PostgreSQL itself refuses to write through them, but to those that are `writable`."""
    async with AsyncExitStack() as stack:
        connections = {}
        for service, url in databases.items():
            read_only = {} if service in writable else {"default_transaction_read_only": "on"}
            settings = {"application_name": "philo-replay", "timezone": "UTC"} | read_only
            connection = await asyncpg.connect(url, server_settings=settings, timeout=10)
            stack.push_async_callback(connection.close)
            connections[service] = connection
        yield Logs(connections)
