"""Reads a service's part of a job's story from its database, in one snapshot. It writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from json import loads
from typing import Any
from uuid import UUID

from asyncpg import Connection, Record

from philo_kernel.dead_letters import DeadLetter
from philo_kernel.letterbox import shown
from philo_kernel.replay.story_chapter import Chapter, Heard, Parked, Told, Waiting
from philo_kernel.store import envelope_of

TOLD = """
    select e.position, e.id, e.type, e.stream, e.version, e.at, e.traceparent, tenant, k.erased_at,
      e.ordered_at, e.begun_at, e.attempts, e.envelope, e.sealed, k.secret, o.position is null as published
    from event e left join data_key k using (tenant) left join outbox o on o.position = e.position
    where e.key = $1 order by e.position"""
# An inbox is ordered by handler first, of which there are few: each is found without reading what lies between.
HEARD = """
    with recursive names(handler) as (
      (select handler from inbox order by handler limit 1)
      union all
      select (select i.handler from inbox i where i.handler > names.handler order by i.handler limit 1)
      from names where names.handler is not null)
    select i.handler, i.event, i.at from names
    join unnest($1::uuid[]) asked(event) on names.handler is not null
    join inbox i on i.handler = names.handler and i.event = asked.event order by i.at, i.handler"""
WAITING = """
    select entrypoint, status::text, created, updated, execute_after, attempts, headers::text, payload from pgqueuer
    where headers->>'job' = $1 order by id"""
ASIDE = "select entrypoint, at, headers::text, payload from laid_aside where job = $1 order by id"
PARKED = """
    select * from dead_letter where (kind = 'event' and key = $2) or (kind = 'task' and headers->>'job' = $1) order by id"""


async def chapter(connection: Connection, service: str, job: str) -> Chapter:
    """All that the service has said of the job, when it heard why, and what is left undone."""
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        now: datetime = await connection.fetchval("select now()")
        told = [told_of(service, row) for row in await connection.fetch(TOLD, job)]
        causes = {one.envelope.causationid for one in told if one.envelope and one.envelope.causationid}
        orders = [order_of(service, row) for row in await connection.fetch(WAITING, job)]
        aside = [aside_of(service, row) for row in await connection.fetch(ASIDE, job)]
        letters = [parked_of(service, row) for row in await connection.fetch(PARKED, job, job.encode())]
        heard = await heard_of(connection, service, sorted(causes))
    return Chapter(
        service=service,
        now=now,
        told=tuple(told),
        heard=tuple(heard),
        waiting=(*orders, *aside),
        parked=tuple(letters),
    )


async def heard_of(connection: Connection, service: str, facts: Sequence[UUID]) -> list[Heard]:
    """When the service's handlers took these facts up, as far as its inbox goes back."""
    rows = await connection.fetch(HEARD, list(facts)) if facts else ()
    return [Heard(service=service, **row) for row in rows]


def told_of(service: str, row: Record) -> Told:
    columns = {name: row[name] for name in Told.model_fields if name not in {"service", "envelope"}}
    return Told(service=service, envelope=envelope_of(row), **columns)


def order_of(service: str, row: Record) -> Waiting:
    running = row["status"] == "picked"
    return Waiting(
        service=service,
        task=row["entrypoint"],
        state="running" if running else "waiting",
        ordered_at=row["created"],
        due_at=None if running else row["execute_after"],
        begun_at=row["updated"] if running else None,
        tries=row["attempts"],
        **asked(row),
    )


def aside_of(service: str, row: Record) -> Waiting:
    return Waiting(service=service, task=row["entrypoint"], state="aside", ordered_at=row["at"], **asked(row))


def asked(row: Record) -> dict[str, Any]:
    """What an order says of itself: why it was given, in which attempt of its job, for which scene."""
    headers = loads(row["headers"] or "{}")
    return {
        "cause": headers.get("causationid"),
        "attempt": int(headers.get("attempt", 1)),
        "scene": scene_in(row["payload"]),
    }


def scene_in(payload: bytes | None) -> str | None:
    """An order that nobody can read is shown all the same, without its scene."""
    try:
        scene = loads(payload or b"{}").get("scene")
    except (ValueError, AttributeError):
        return None
    return scene if isinstance(scene, str) else None


def parked_of(service: str, row: Record) -> Parked:
    letter = DeadLetter.of(row)
    cause = letter.headers.get("causationid")
    return Parked.model_validate({**shown(service, letter), "event_id": letter.event, "cause": cause})
