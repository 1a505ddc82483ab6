"""Beginning spans, and going on with traces that came with a fact, an order or a request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager

from opentelemetry import trace
from opentelemetry.context import Context, attach, detach, get_current
from opentelemetry.trace import Link, Span, SpanKind
from opentelemetry.util.types import AttributeValue

from philo_kernel.stages import Stage
from philo_kernel.telemetry.failures import broken_off
from philo_kernel.telemetry.presence import ended
from philo_kernel.telemetry.propagation import place_in, under
from philo_kernel.telemetry.providing import SILENT, tracer_of
from philo_kernel.telemetry.recorder import Recorder
from philo_kernel.telemetry.subject import concerning, subject

Told = Mapping[str, AttributeValue | None]

_tracer = SILENT


def begin(service: str, instance: str, endpoint: str | None, ratio: float = 1.0) -> Recorder | None:
    """Record from now on, and send spans over OTLP to `endpoint`; `shutdown` sends the last ones.

    Without an endpoint nothing is recorded; every trace has its id all the same, and contexts travel.
    """
    global _tracer  # noqa: PLW0603 - one a process
    recorder = Recorder(endpoint) if endpoint else None
    _tracer = tracer_of(recorder, service, instance, ratio) if recorder else SILENT
    return recorder


def recording() -> bool:
    """Whether anything is recorded in this process."""
    return _tracer is not SILENT


@contextmanager
def span(
    name: str,
    traceparent: str | None = None,
    *,
    kind: SpanKind = SpanKind.INTERNAL,
    links: Sequence[str | None] = (),
    correlation: str | None = None,
    causation: str | None = None,
    **about: AttributeValue | None,
) -> Iterator[Span]:
    """A part of the trace that came with `traceparent`, else of what is on, else the first of a trace of its own.

    `links` are places that it goes back to as well. `about` becomes attributes, `philo.` before each name.
    """
    context = concerning(under(traceparent, get_current()), correlation, causation)
    one = begun(name, context, kind, about, links)
    token = attach(trace.set_span_in_context(one, context))
    try:
        yield one
    except BaseException as error:
        broken_off(one, error)
        raise
    finally:
        detach(token)
        ended(one)


def unrecorded() -> AbstractContextManager[Span]:
    """A span that is not told of, and none of what is done in it."""
    return trace.use_span(SILENT.start_span("", Context()))


def told(name: str, traceparent: str | None, began: int, **about: AttributeValue) -> None:
    """A span that is over already: from `began` (nanoseconds since 1970) until now. Nothing when it is not recorded."""
    context = under(traceparent, Context())
    if place_in(context).is_valid:
        begun(name, context, SpanKind.PRODUCER, about, at=began).end()


def stages_told(stages: Sequence[Stage]) -> None:
    """What a child was busy with, as parts of what is on."""
    around = get_current()
    if not trace.get_current_span(around).is_recording():
        return
    found: list[Context] = []
    for one in stages:
        context = found[one.part_of] if one.part_of >= 0 else around
        part = begun(one.name, context, about=one.about, at=one.began)
        found.append(trace.set_span_in_context(part, context))
        part.end(one.ended)


def begun(
    name: str,
    context: Context,
    kind: SpanKind = SpanKind.INTERNAL,
    about: Told | None = None,
    links: Sequence[str | None] = (),
    at: int | None = None,
) -> Span:
    """One that is not recorded here passes on the place it was given: there, it may be recorded by others."""
    above = place_in(context)
    if above.is_valid and not (above.trace_flags.sampled and recording()):
        return trace.NonRecordingSpan(above)
    known = {**subject(context), **(about or {})}
    attributes = {f"philo.{key}": value for key, value in known.items() if value is not None}
    return _tracer.start_span(name, context, kind, attributes, linked(links) if links else (), at)


def linked(traceparents: Sequence[str | None]) -> list[Link]:
    """What is no `traceparent` is no place to go back to."""
    places = [place_in(under(one, Context())) for one in traceparents]
    return [Link(one) for one in places if one.is_valid]
