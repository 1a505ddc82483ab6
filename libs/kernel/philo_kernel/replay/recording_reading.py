"""What a service's database has of a job. Nothing is written; whoever asks opens the snapshot in which all is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from asyncpg import Connection, Record

from philo_contracts.envelope import Envelope
from philo_kernel.replay.recording import Handled, Message, Said, Stuck
from philo_kernel.replay.story_reading import heard_of
from philo_kernel.store import read

SAID = """
    select e.position, e.at, e.ordered_at, e.begun_at, e.attempts, e.id, e.envelope, e.sealed, k.secret, k.erased_at
    from event e left join data_key k using (tenant) where e.key = $1 order by e.position"""
STREAM = """
    select e.id, e.envelope, e.sealed, k.secret, k.erased_at from event e left join data_key k using (tenant)
    where e.stream = $1 order by e.version"""
PARKED = "select handler, event, error from dead_letter where kind = 'event' and event = any($1::uuid[]) order by id"


class Erased(Exception):
    """Whose job this is has been erased, and nobody can read it any more."""


@dataclass(frozen=True)
class Share:
    """One service's part of a recording."""

    handled: Sequence[Handled]
    parked: Sequence[Stuck]


async def said_of(connection: Connection, job: str) -> list[Said]:
    """All that the service has said of the job, in order. Raises `Erased`."""
    return [said(row) for row in await connection.fetch(SAID, job)]


async def stream_of(connection: Connection, stream: str) -> list[Envelope]:
    return [opened(row) for row in await connection.fetch(STREAM, stream)]


async def share_of(connection: Connection, service: str, facts: Sequence[UUID]) -> Share:
    """What of these facts the service has handled, and what it could not."""
    handled = await heard_of(connection, service, facts)
    parked = await connection.fetch(PARKED, list(facts))
    return Share(
        [Handled.model_validate(one.model_dump()) for one in handled],
        [Stuck(service=service, **row) for row in parked],
    )


async def messages_of(connection: Connection, service: str, tells: str | None, job: str) -> list[Message]:
    """What the service has told people of the job, by its own query."""
    return [Message(service=service, **row) for row in await connection.fetch(tells, job)] if tells else []


def said(row: Record) -> Said:
    names = ("position", "at", "ordered_at", "begun_at", "attempts")
    return Said(fact=opened(row), **{name: row[name] for name in names})


def opened(row: Record) -> Envelope:
    body = read(row)
    if body is None:
        raise Erased
    return Envelope.model_validate_json(body)
