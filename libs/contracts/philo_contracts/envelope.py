"""The envelope: one fact as it lies in an event table and travels on Kafka, in the names of CloudEvents 1.0."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from uuid_utils.compat import uuid7

from philo_contracts.events.base import Event
from philo_contracts.upcasters import read


def now() -> datetime:
    return datetime.now(UTC)


Name = Annotated[str, Field(min_length=1, max_length=500)]
"""Of a stream or a thing: every database has it in an index, which takes no row of more than 2,700 bytes."""


class Envelope(BaseModel):
    """A fact with who said it, when, about what, and because of what.

    `subject` is the stream, `streamversion` its place in it. `correlationid` is what the fact belongs to (the job, else
    the user or thing) and the Kafka key; `causationid` is the id of the fact it answers.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)  # errors go into logs, which nobody erases

    specversion: Literal["1.0"] = "1.0"
    id: UUID = Field(default_factory=uuid7)
    source: str
    type: str
    subject: Name
    time: datetime = Field(default_factory=now)
    datacontenttype: Literal["application/json"] = "application/json"
    dataschema: str
    data: dict[str, Any]
    streamversion: int = Field(ge=1)
    schemaversion: int = Field(ge=1)
    correlationid: Name
    causationid: UUID | None = None
    tenantid: str | None = None
    traceparent: str | None = None

    def fact(self) -> Event:
        """The typed fact, brought to today's version. Raises `UnknownFact` when nobody here knows it."""
        return read(self.type, self.schemaversion, self.data)


def schema_name(fact: type[Event]) -> str:
    """Where the JSON Schema of a fact's data is published: `/schemas/JobRequested/1.json`."""
    return f"/schemas/{fact.__name__}/{fact.schema_version}.json"


def wrap(
    fact: Event,
    *,
    source: str,
    stream: str,
    version: int,
    because: UUID | None = None,
    tenant: str | None = None,
    traceparent: str | None = None,
) -> Envelope:
    """Put a fact into its envelope at this version of its stream; `because` is the id of the fact it answers."""
    return Envelope(
        source=source,
        type=type(fact).__name__,
        subject=stream,
        dataschema=schema_name(type(fact)),
        data=fact.model_dump(mode="json"),
        streamversion=version,
        schemaversion=fact.schema_version,
        correlationid=fact.belongs_to,
        causationid=because,
        tenantid=fact.tenant or tenant,
        traceparent=traceparent,
    )
