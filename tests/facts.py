"""What services have said and what they hold, read from their databases: the only place where tests look inside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import asyncpg

from philo.stack import Endpoints
from philo_contracts.envelope import Envelope
from philo_contracts.events import Event
from philo_kernel.store import read

Fact = TypeVar("Fact", bound=Event)
STORY = """
    select id, envelope, sealed, secret, erased_at from event left join data_key using (tenant)
    where $1::text is null or key = $1 order by position"""
WORKERS = ("gateway", "analysis", "tts", "render", "notify")
"""The services that take part in making a film."""


async def rows(at: Endpoints, service: str, query: str, *values: object) -> list[Any]:
    connection = await asyncpg.connect(at.databases[service])
    try:
        return await connection.fetch(query, *values)
    finally:
        await connection.close()


async def count(at: Endpoints, service: str, query: str, *values: object) -> int:
    return int((await rows(at, service, query, *values))[0][0])


async def envelopes(at: Endpoints, service: str, job: str | None = None) -> list[Envelope]:
    """Everything that `service` said, about one job or at all, in the order in which it was written."""
    bodies = map(read, await rows(at, service, STORY, job))
    return [Envelope.model_validate_json(body) for body in bodies if body is not None]


async def said(at: Endpoints, service: str, job: str, kind: type[Fact]) -> list[Fact]:
    facts = [envelope.fact() for envelope in await envelopes(at, service, job)]
    return [fact for fact in facts if isinstance(fact, kind)]


async def left_to_do(at: Endpoints, services: Sequence[str] = WORKERS) -> dict[str, int]:
    """By service and kind: facts not published, tasks not done, letters that nobody could handle. Nothing, at rest."""
    tables = ("outbox", "pgqueuer", "dead_letter")
    figures = {
        f"{service}.{table}": await count(at, service, f"select count(*) from {table}")
        for service in services
        for table in tables
    }
    return {name: figure for name, figure in figures.items() if figure}
