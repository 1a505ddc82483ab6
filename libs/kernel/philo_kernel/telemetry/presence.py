"""The span that is on: where we are, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.util.types import AttributeValue

from philo_kernel.telemetry.spans import Span


def here() -> Span | None:
    """The span that is on."""
    found = trace.get_current_span()
    return found if isinstance(found, Span) else None


def current() -> str | None:
    """Where we are, as a `traceparent`."""
    on = here()
    return on.place.header if on else None


def carried() -> dict[str, str]:
    """The same as headers; none outside of any trace."""
    header = current()
    return {"traceparent": header} if header else {}


def trace_id() -> str | None:
    on = here()
    return on.place.trace_id if on else None


def happened(name: str, **about: AttributeValue | None) -> None:
    """An event of the span that is on."""
    if on := here():
        on.add_event(name, {key: value for key, value in about.items() if value is not None})


def failed(error: BaseException) -> None:
    """What is on has failed, though nobody raises."""
    if on := here():
        on.broken_off(error)


def over() -> None:
    """What is on has ended, whatever is raised now."""
    if on := here():
        on.end()


def traceparent_of(headers: Mapping[str, object] | None) -> str | None:
    value = (headers or {}).get("traceparent")
    return str(value) if value else None


@contextmanager
def resumed(one: Span | None) -> Iterator[None]:
    """Make a span current once more, though it may be over: what is done now was decided in it."""
    if one is None:
        yield
        return
    with trace.use_span(one, end_on_exit=False, record_exception=False, set_status_on_exception=False):
        yield
