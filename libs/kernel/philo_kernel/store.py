"""The event store, which is the outbox as well. Versions are the facts' own; the table refuses a second one.

A fact that is somebody's lies there sealed with their key (`data_keys.py`), and is nobody's to read once that is gone.
"""

from __future__ import annotations

from collections.abc import Sequence

from asyncpg import Connection, Record, UniqueViolationError
from cryptography.exceptions import InvalidTag

from philo_contracts.envelope import Envelope
from philo_kernel.data_keys import TenantErased, keys_of, opened, seal


def appending(more: str = "", values: str = "") -> str:
    """The statement that inserts facts; `more` are columns that have the same `values` in all of them, after commas.

    Positions are given in the order in which facts were said; the plan of the anti-join would shuffle them.
    """
    return f"""
    insert into event(id, stream, version, type, key, traceparent, tenant, envelope, sealed{more})
    select fresh.*{values} from (
      select id, stream, version, type, key, traceparent, tenant, envelope, sealed
      from unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
        $9::bytea[]) with ordinality facts(id, stream, version, type, key, traceparent, tenant, envelope, sealed, place)
      where not exists (select from data_key k where k.tenant = facts.tenant and k.erased_at is not null)
      order by place) fresh"""  # noqa: S608 - our own names


APPEND = appending()
LOAD = """
    select id, envelope, sealed, secret, erased_at from event left join data_key using (tenant)
    where stream = $1 and version > $2 order by version"""

MAX_BYTES = 900_000
"""A fact must fit into one Kafka message (1 MiB by default) with its key and headers."""


class StreamConflict(Exception):
    """Someone else has written this version of the stream first."""


class Unreadable(Exception):
    """Nobody was erased, and yet the key that opens this fact is not in `data_key`."""


class FactTooLarge(Exception):
    """The broker would refuse it, and everything behind it would wait: its author has to put the bulk elsewhere."""


Columns = tuple[list[object], ...]


async def columns_of(connection: Connection, facts: Sequence[Envelope]) -> Columns:
    """What `APPEND` inserts, column by column. Raises `FactTooLarge` before any is sent, and `TenantErased`."""
    bodies = [body_of(fact) for fact in facts]
    keys = await keys_of(connection, {fact.tenantid for fact in facts if fact.tenantid})
    names = ("id", "subject", "streamversion", "type", "correlationid", "traceparent", "tenantid")
    plain: list[object] = [None if fact.tenantid else body.decode() for fact, body in zip(facts, bodies, strict=True)]
    sealed: list[object] = [
        seal(keys[fact.tenantid], fact.id, body) if fact.tenantid else None
        for fact, body in zip(facts, bodies, strict=True)
    ]
    return (*([getattr(fact, name) for fact in facts] for name in names), plain, sealed)


def body_of(fact: Envelope) -> bytes:
    body = fact.model_dump_json().encode()
    if len(body) > MAX_BYTES:
        raise FactTooLarge(
            f"{fact.type} in {fact.subject} has {len(body):,} bytes, more than {MAX_BYTES:,}: store its bulk as an object"
        )
    return body


def read(row: Record) -> bytes | None:
    """The envelope of a row as JSON, whose `secret` and `erased_at` stand beside it; None if whose it was has been erased.
    Raises `Unreadable`."""
    if row["sealed"] is None:
        return str(row["envelope"]).encode()
    if row["erased_at"] is not None:
        return None
    try:
        return opened(row["secret"] or b"", row["id"], row["sealed"])
    except (InvalidTag, ValueError) as error:
        raise Unreadable(
            f"The key of fact {row['id']} is lost: bring back its row of `data_key` from a backup."
        ) from error


def envelope_of(row: Record) -> Envelope | None:
    """For whoever looks on: None where nobody can read it any more, erased or its key lost."""
    try:
        body = read(row)
    except Unreadable:
        return None
    return Envelope.model_validate_json(body) if body else None


async def append(connection: Connection, facts: Sequence[Envelope]) -> None:
    """Write facts at the versions they carry. Raises `StreamConflict` if one is taken, and as `columns_of` does."""
    columns = await columns_of(connection, facts)
    try:
        written = await connection.execute(APPEND, *columns)
    except UniqueViolationError as error:
        raise StreamConflict(str(error)) from error
    if written != f"INSERT 0 {len(facts)}":
        raise TenantErased("somebody was erased just now")


async def load(connection: Connection, stream: str, *, after: int = 0) -> list[Envelope]:
    """A stream's facts in order, from the version behind `after`, but for those of somebody who was erased."""
    bodies = map(read, await connection.fetch(LOAD, stream, after))
    return [Envelope.model_validate_json(body) for body in bodies if body is not None]
