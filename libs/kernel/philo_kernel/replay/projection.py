"""What a service keeps beside the facts, and how it follows from them: said once, for checking and for rebuilding. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import to_jsonable_python

from philo_contracts.envelope import Envelope
from philo_contracts.events import Event

Row = Mapping[str, Any]
"""Columns of a row as JSON, as PostgreSQL's `to_jsonb` tells them."""
Read = Callable[[Any], Any]
"""A column as it is compared: equal values read equally, however they were written."""


@dataclass(frozen=True)
class Source:
    """Facts of one service. `handler` is who hears them: what its inbox does not know is not in the table yet. Without
    one the rows are written together with these facts."""

    service: str
    facts: tuple[type[Event], ...]
    handler: str | None = None


@dataclass(frozen=True)
class History:
    """Everything that was said under one key, and what is kept of it.

    Facts come service by service in the order of the sources, and of each service in the order in which it said them.
    """

    key: str
    now: datetime
    facts: tuple[Envelope, ...]
    stored: tuple[Row, ...] = ()
    beside: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Projection:
    """A table that follows from facts.

    `story` is the column that holds the key of the facts (`event.key`), `identity` the primary key. `fold` answers the
    rows that there should be, each with its identity and all `columns`, which say how they are read. `beside` are further
    queries of the same database, by name: each answers `story` and `row` for the keys `$1`. What `outlives` its owner is
    not looked at any more once they are erased. A table that can be rebuilt says with `fresh` what its other columns hold
    in a row that nobody has written before; columns that are not named keep what they have, or their default.
    """

    table: str
    story: str
    identity: tuple[str, ...]
    sources: tuple[Source, ...]
    columns: Mapping[str, Read]
    fold: Callable[[History], Iterable[Row]]
    beside: Mapping[str, str] = field(default_factory=dict)
    outlives: bool = False
    fresh: Row | None = None

    @property
    def services(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(source.service for source in self.sources))

    def types_of(self, service: str) -> frozenset[str]:
        own = (source for source in self.sources if source.service == service)
        return frozenset(fact.__name__ for source in own for fact in source.facts)

    def handler_of(self, service: str, kind: str) -> str | None:
        for source in self.sources:
            if source.service == service and any(fact.__name__ == kind for fact in source.facts):
                return source.handler
        raise LookupError(f"{self.table} does not follow from {kind} of {service}")

    def named(self, row: Row) -> str:
        """Which row it is, in one text."""
        return "/".join(str(row[name]) for name in self.identity)

    def read(self, row: Row) -> dict[str, Any]:
        """The columns that facts tell of, as they are compared."""
        return {name: readable(read, row.get(name)) for name, read in self.columns.items()}


def readable(read: Read, value: Any) -> Any:  # noqa: ANN401 - any JSON
    """What is no value of its kind is compared as it lies there."""
    if value is None:
        return None
    try:
        return read(to_jsonable_python(value))
    except (ValidationError, ValueError, TypeError):
        return value


def plain(value: Any) -> Any:  # noqa: ANN401 - any JSON
    return value


def moment(value: str) -> str:
    """A point in time, in whatever zone it is told."""
    return datetime.fromisoformat(value).astimezone(UTC).isoformat()


def shaped(kind: type[BaseModel]) -> Read:
    """A value of this shape, with what has come to the shape since it was written."""
    return lambda value: kind.model_validate(value).model_dump(mode="json")


@dataclass(frozen=True)
class Balance:
    """Rows that have to agree with each other. `query` answers those that do not: `story`, `path`, `stored`, `folded`, all
    texts. What was written later than `$1` is left out: its other half may be on its way."""

    name: str
    query: str
