"""The event store, which is the outbox as well. Versions are the facts' own; the table refuses a second one."""

from __future__ import annotations

from collections.abc import Sequence

from asyncpg import Connection, UniqueViolationError

from philo_contracts.envelope import Envelope

APPEND = """
    insert into event(id, stream, version, type, key, envelope, traceparent)
    select fresh.* from unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[]) fresh"""
LOAD = "select envelope from event where stream = $1 and version > $2 order by version"

MAX_BYTES = 900_000
"""A fact must fit into one Kafka message (1 MiB by default) with its key and headers."""


class StreamConflict(Exception):
    """Someone else has written this version of the stream first."""


class FactTooLarge(Exception):
    """The broker would refuse it, and everything behind it would wait: its author has to put the bulk elsewhere."""


Columns = tuple[list[object], ...]


def columns_of(facts: Sequence[Envelope]) -> Columns:
    """What `APPEND` inserts, column by column. Raises `FactTooLarge` before any is sent."""
    bodies = [fact.model_dump_json() for fact in facts]
    for fact, body in zip(facts, bodies, strict=True):
        if len(body) > MAX_BYTES // 4 and (size := len(body.encode())) > MAX_BYTES:
            raise FactTooLarge(
                f"{fact.type} in {fact.subject} has {size:,} bytes, more than {MAX_BYTES:,}: store its bulk as an object"
            )
    names = ("id", "subject", "streamversion", "type", "correlationid")
    return (*([getattr(fact, name) for fact in facts] for name in names), bodies, [fact.traceparent for fact in facts])


async def append(connection: Connection, facts: Sequence[Envelope]) -> None:
    """Write facts at the versions they carry. Raises `StreamConflict` if one is taken, `FactTooLarge` before any is sent."""
    try:
        await connection.execute(APPEND, *columns_of(facts))
    except UniqueViolationError as error:
        raise StreamConflict(str(error)) from error


async def load(connection: Connection, stream: str, *, after: int = 0) -> list[Envelope]:
    """A stream's facts in order, from the version behind `after`."""
    return [Envelope.model_validate_json(row["envelope"]) for row in await connection.fetch(LOAD, stream, after)]
