"""Webhooks and deliveries in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from asyncpg import Connection, Record

from philo_notify.webhooks.domain import Answer, State

SELECT = """
    select id, user_id, url, description, events, secret, old_secret, old_until, created_at, paused_at, paused_why, lease,
      coalesce(due > now(), false) as early, coalesce(leased_until > now(), false) as held
    from webhook"""
CREATE = """
    insert into webhook(id, user_id, url, description, events, secret) values ($1, $2, $3, $4, $5, $6)"""
PAGE = """
    and ($2::timestamptz is null or (created_at, id) < ($2::timestamptz, $3::uuid))
    order by created_at desc, id desc offset $4 limit $5"""
WANTED_BY = "select id, user_id, events from webhook where user_id = any($1)"
LOGGED = """
    select id, webhook_id, place, event, job, body, state, attempts, before, created_at, settled_at, traceparent
    from delivery"""
NOTE = """
    insert into delivery(id, webhook_id, event, job, body, state, traceparent, settled_at)
    values ($1, $2, $3, $4, $5, $6, $7, case when $6 = 'waiting' then null else now() end)"""
ATTEMPT = """
    insert into delivery_attempt(delivery_id, number, status, milliseconds, answer, error)
    select id, attempts, $2, $3, $4, $5 from delivery where id = $1"""
SETTLE = """
    update delivery set state = $2, attempts = attempts + 1,
      settled_at = case when $2 = 'waiting' then null else now() end
    where id = $1 returning attempts"""
ATTEMPTS = """
    select delivery_id, at, status, milliseconds, answer, error from delivery_attempt
    where delivery_id = any($1) order by delivery_id, number"""


@dataclass(frozen=True)
class Endpoint:
    """A webhook as it is. Its secrets are sealed."""

    id: UUID
    user_id: str
    url: str
    description: str
    events: list[str]
    secret: str
    old_secret: str | None
    old_until: datetime | None
    created_at: datetime
    paused_at: datetime | None
    paused_why: str | None
    lease: UUID | None
    early: bool
    """Its rest is not over."""
    held: bool
    """Somebody is at it, whose `lease` is not over."""

    @classmethod
    def of(cls, row: Record) -> Self:
        return cls(**row)

    def secrets_at(self, now: datetime) -> list[str]:
        """Those that are good, sealed."""
        old = self.old_secret if self.old_until and now < self.old_until else None
        return [self.secret, *([old] if old else [])]


@dataclass(frozen=True)
class Try:
    at: datetime
    status: int | None
    milliseconds: int
    answer: str
    error: str | None


@dataclass(frozen=True)
class Delivery:
    id: UUID
    webhook_id: UUID
    place: int
    event: str
    job: str | None
    body: str
    state: State
    attempts: int
    before: int
    """Attempts that were made before it was asked for once more."""
    created_at: datetime
    settled_at: datetime | None
    traceparent: str | None = None
    tries: list[Try] = field(default_factory=list)

    @property
    def attempts_now(self) -> int:
        return self.attempts - self.before

    @classmethod
    def of(cls, row: Record) -> Self:
        return cls(**row)


async def find(connection: Connection, webhook: UUID, *, lock: bool = False) -> Endpoint | None:
    row = await connection.fetchrow(f"{SELECT} where id = $1{' for update' if lock else ''}", webhook)
    return Endpoint.of(row) if row else None


async def of_user(connection: Connection, user: str, after: tuple[Any, Any], skip: int, most: int) -> list[Endpoint]:
    """`after` is (created_at, id) of the last one that is known, or nothing twice."""
    rows = await connection.fetch(f"{SELECT} where user_id = $1{PAGE}", user, *after, skip, most)
    return [Endpoint.of(row) for row in rows]


async def first_waiting(connection: Connection, webhook: UUID) -> Delivery | None:
    row = await connection.fetchrow(
        f"{LOGGED} where webhook_id = $1 and state = 'waiting' order by place limit 1", webhook
    )
    return Delivery.of(row) if row else None


async def delivery(connection: Connection, webhook: UUID, one: UUID) -> Delivery | None:
    row = await connection.fetchrow(f"{LOGGED} where webhook_id = $1 and id = $2 for update", webhook, one)
    return Delivery.of(row) if row else None


async def logged(connection: Connection, webhook: UUID, before: int | None, skip: int, most: int) -> list[Delivery]:
    """The newest first, with every attempt."""
    query = (
        f"{LOGGED} where webhook_id = $1 and ($2::bigint is null or place < $2) order by place desc offset $3 limit $4"
    )
    found = [Delivery.of(row) for row in await connection.fetch(query, webhook, before, skip, most)]
    return await with_tries(connection, found)


async def with_tries(connection: Connection, found: Sequence[Delivery]) -> list[Delivery]:
    tries = {one.id: one.tries for one in found}
    for row in await connection.fetch(ATTEMPTS, list(tries)):
        made = Try(row["at"], row["status"], row["milliseconds"], row["answer"], row["error"])
        tries[row["delivery_id"]].append(made)
    return list(found)


async def settle(connection: Connection, one: UUID, state: State, answer: Answer) -> int:
    """Write down how an attempt ended. How many there were, this one counted."""
    attempts: int = await connection.fetchval(SETTLE, one, state)
    await connection.execute(ATTEMPT, one, answer.status, answer.milliseconds, answer.text, answer.error)
    return attempts
