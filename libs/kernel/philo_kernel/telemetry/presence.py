"""The span that is on: where we are, and what is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from opentelemetry.context import Context, attach, detach, get_current
from opentelemetry.trace import Span, format_trace_id, get_current_span
from opentelemetry.util.types import AttributeValue

from philo_kernel.telemetry.propagation import HEADER, carried


def here() -> Span | None:
    """The span that is on."""
    on = get_current_span()
    return on if on.get_span_context().is_valid else None


def current() -> str | None:
    """Where we are, as a `traceparent`."""
    return carried().get(HEADER)


def trace_id() -> str | None:
    on = here()
    return format_trace_id(on.get_span_context().trace_id) if on else None


def happened(name: str, **about: AttributeValue | None) -> None:
    """An event of the span that is on."""
    on = get_current_span()
    if on.is_recording():
        on.add_event(name, {key: value for key, value in about.items() if value is not None})


def over() -> None:
    """What is on has ended, whatever is raised now."""
    ended(get_current_span())


def ended(span: Span) -> None:
    """Once only: the SDK complains of a second time."""
    if span.is_recording():
        span.end()


def now() -> Context:
    """The span that is on and what it is about, to be `resumed`."""
    return get_current()


@contextmanager
def resumed(moment: Context) -> Iterator[None]:
    """As it was then, though its span may be over: what is done now was decided in it."""
    token = attach(moment)
    try:
        yield
    finally:
        detach(token)
