"""What could not be handled, kept with its cause until somebody has mended the fault and brings it back."""

from __future__ import annotations

import json
import traceback
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from asyncpg import Connection, Record

PARK = """
    insert into dead_letter(kind, handler, type, event, stream, topic, part, log_offset, key, value, headers, error, details,
                            attempts, traceparent, tenant)
    select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::jsonb, $12, $13, $14, $15, $16
    where not exists (select from data_key where tenant = $16 and erased_at is not null)
    on conflict do nothing returning id"""
LIST = "select * from dead_letter where ($1::bigint[] is null or id = any($1)) order by id limit $2"
REDRIVE = "update dead_letter set redrive = true where ($1::bigint[] is null or id = any($1)) returning id"
# A stream's letters come back in order: the first of each stream, and what has no stream.
NEXT = """
    select * from dead_letter d where redrive and not exists (
      select from dead_letter e where e.handler = d.handler and e.stream = d.stream and e.id < d.id)
    order by id limit 1 for update skip locked"""
GONE = "delete from dead_letter where id = $1"
# What was parked behind it had no fault of its own, and may go on as well.
FOLLOW = "update dead_letter set redrive = true where handler = $1 and stream = $2 and not redrive"
# Waits for a redrive that is just bringing the earlier one back.
LEADER = "select true from dead_letter where handler = $1 and stream = $2 limit 1 for share"
AGAIN = "update dead_letter set redrive = false, error = $2, details = $3, attempts = attempts + 1, at = now() where id = $1"
CHANNEL = "dead_letter"


@dataclass(frozen=True)
class DeadLetter:
    """One parked event (as raw bytes, as Kafka had it) or one task that failed for good (its order as JSON)."""

    id: int
    kind: str
    handler: str
    type: str | None
    event: UUID | None
    stream: str | None
    topic: str | None
    part: int | None
    log_offset: int | None
    key: bytes | None
    value: bytes
    headers: dict[str, str]
    error: str
    details: str
    attempts: int
    traceparent: str | None
    at: datetime
    redrive: bool
    tenant: str | None

    @classmethod
    def of(cls, row: Record) -> DeadLetter:
        """Columns of a newer version are left unread."""
        known = {field.name: row[field.name] for field in fields(cls)}
        headers = row["headers"]  # decoded already on the connections that SQLAlchemy has made
        return cls(**{**known, "headers": json.loads(headers) if isinstance(headers, str) else headers})


@dataclass(frozen=True)
class Parcel:
    """What is to be parked, before the table has given it a number."""

    kind: str
    handler: str
    value: bytes
    error: BaseException | str
    attempts: int
    type: str | None = None
    event: UUID | None = None
    stream: str | None = None
    topic: str | None = None
    part: int | None = None
    log_offset: int | None = None
    key: bytes | None = None
    headers: dict[str, str] | None = None
    traceparent: str | None = None
    tenant: str | None = None
    """Whose it is: it goes with them."""


def words(error: BaseException | str) -> str:
    return error if isinstance(error, str) else f"{type(error).__name__}: {error}"


def told(error: BaseException | str) -> str:
    return "" if isinstance(error, str) else "".join(traceback.format_exception(error))


def plain(text: str | None) -> str | None:
    """PostgreSQL's text holds no NUL and no half of a surrogate pair, but poison may well."""
    return text and text.replace("\0", "\N{SYMBOL FOR NULL}").encode(errors="backslashreplace").decode()


async def blocked(connection: Connection, parcel: Parcel) -> bool:
    """Whether an earlier letter of its stream is still there."""
    return bool(await connection.fetchval(LEADER, parcel.handler, parcel.stream))


async def park(connection: Connection, parcel: Parcel) -> int | None:
    """Keep it, under this number. A record that is parked already keeps its first cause, and None is answered; so it is
    for one of somebody who was erased."""
    number: int | None = await connection.fetchval(
        PARK,
        parcel.kind,
        parcel.handler,
        plain(parcel.type),
        parcel.event,
        plain(parcel.stream),
        parcel.topic,
        parcel.part,
        parcel.log_offset,
        parcel.key,
        parcel.value,
        json.dumps({plain(name): plain(value) for name, value in (parcel.headers or {}).items()}),
        plain(words(parcel.error)),
        plain(told(parcel.error)),
        parcel.attempts,
        plain(parcel.traceparent),
        parcel.tenant,
    )
    return number


async def listed(connection: Connection, ids: list[int] | None = None, limit: int = 200) -> list[DeadLetter]:
    return [DeadLetter.of(row) for row in await connection.fetch(LIST, ids, limit)]


async def redrive(connection: Connection, ids: list[int] | None = None) -> list[int]:
    """Ask the service to handle these again (all, when unset). It does so in order, one transaction each."""
    async with connection.transaction():
        chosen = [row["id"] for row in await connection.fetch(REDRIVE, ids)]
        await connection.execute("select pg_notify($1, '')", CHANNEL)
    return chosen
