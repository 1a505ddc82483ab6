"""A span: a stretch of work in a trace, current for what is done inside of it.

It is a span of OpenTelemetry's API, so that whatever asks that API for the current one finds it. One of its SDK costs three
times as much, in every handler of every fact; see docs/adr/0029-traces.md.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextvars import Token
from types import TracebackType
from typing import Protocol, Self

from opentelemetry import context as contexts
from opentelemetry import trace
from opentelemetry.context.context import Context
from opentelemetry.trace import SpanContext, SpanKind, Status, StatusCode, TraceFlags
from opentelemetry.util.types import Attributes, AttributeValue

from philo_kernel.redaction import redacted
from philo_kernel.telemetry.place import Place

LONGEST = 2_000
"""Characters of an error's words."""

Happening = tuple[int, str, Mapping[str, AttributeValue]]
"""When (nanoseconds since 1970), what, and what about it."""


class Hearer(Protocol):
    """Whoever takes what is over."""

    def take(self, span: Span) -> None: ...


class Span(trace.Span):
    """Entered, it is the current one; left, it is over. Without a `hearer` nothing of it is kept but its place.

    `parent` is the id of the span that it is part of; 0 for the first of a trace. Times are nanoseconds since 1970.
    `correlation` is what it is about (the job, or the user or thing), `causation` the fact for which it happens.
    """

    def __init__(
        self,
        name: str,
        place: Place,
        parent: int = 0,
        hearer: Hearer | None = None,
        *,
        kind: SpanKind = SpanKind.INTERNAL,
        correlation: str | None = None,
        causation: str | None = None,
        about: Mapping[str, AttributeValue] | None = None,
        links: Sequence[Place] = (),
        began: int | None = None,
    ) -> None:
        self.name, self.place, self.parent, self.kind = name, place, parent, kind
        self.correlation, self.causation = correlation, causation
        self.links = links
        self.hearer = hearer
        self.attributes: dict[str, AttributeValue] = dict(about) if about and hearer else {}
        self.happenings: list[Happening] = []
        self.failure: str | None = None
        self.began = began or (time.time_ns() if hearer else 0)
        self.ended = 0
        self._before: Token[Context] | None = None

    def __enter__(self) -> Self:
        self._before = contexts.attach(trace.set_span_in_context(self))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, story: TracebackType | None
    ) -> None:
        if self._before is not None:
            contexts.detach(self._before)
        if error is not None:
            self.broken_off(error)
        self.end()

    def broken_off(self, error: BaseException) -> None:
        """An error is a failure; being cancelled, or ended with the process, only happens."""
        if not self.is_recording():
            return
        if isinstance(error, asyncio.CancelledError):
            self.add_event("cancelled")
        elif isinstance(error, Exception):
            self.record_exception(error)
            self.failed(str(error) or type(error).__name__)

    def failed(self, why: str) -> None:
        self.failure = words(why)

    def end(self, end_time: int | None = None) -> None:
        if self.hearer and not self.ended:
            self.ended = end_time or time.time_ns()
            self.hearer.take(self)

    def is_recording(self) -> bool:
        return self.hearer is not None and not self.ended

    def get_span_context(self) -> SpanContext:
        flags = TraceFlags(TraceFlags.SAMPLED if self.place.sampled else TraceFlags.DEFAULT)
        return SpanContext(self.place.trace, self.place.span, is_remote=False, trace_flags=flags)

    def set_attributes(self, attributes: Mapping[str, AttributeValue]) -> None:
        if self.hearer:
            self.attributes.update(attributes)

    def set_attribute(self, key: str, value: AttributeValue) -> None:
        if self.hearer:
            self.attributes[key] = value

    def add_event(self, name: str, attributes: Attributes = None, timestamp: int | None = None) -> None:
        if self.hearer:
            self.happenings.append((timestamp or time.time_ns(), name, attributes or {}))

    def update_name(self, name: str) -> None:
        self.name = name

    def set_status(self, status: Status | StatusCode, description: str | None = None) -> None:
        code, said = (status.status_code, status.description) if isinstance(status, Status) else (status, description)
        if code is StatusCode.ERROR:
            self.failed(said or "")

    def record_exception(
        self,
        exception: BaseException,
        attributes: Attributes = None,
        timestamp: int | None = None,
        escaped: bool = False,
    ) -> None:
        told: dict[str, AttributeValue] = {
            "exception.type": type(exception).__qualname__,
            "exception.message": words(str(exception)),
            "exception.escaped": escaped,
        }
        self.add_event("exception", told | dict(attributes or {}), timestamp)


def words(of_an_error: str) -> str:
    """Fit to be read by others: without secrets, not endless, and nothing that no collector could decode."""
    return redacted(of_an_error)[:LONGEST].encode(errors="replace").decode()
