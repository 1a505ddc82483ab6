"""Beginning spans, and going on with traces that came with a fact, an order or a request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.trace import SpanKind
from opentelemetry.util.types import AttributeValue

from philo_kernel.stages import Stage
from philo_kernel.telemetry import place as places
from philo_kernel.telemetry.place import Place
from philo_kernel.telemetry.recorder import Recorder
from philo_kernel.telemetry.span import Span

_recorder: Recorder | None = None


def begin(service: str, instance: str, endpoint: str | None, ratio: float = 1.0) -> Recorder | None:
    """Record from now on, and send spans over OTLP to `endpoint`; `shutdown` sends the last ones.

    Without an endpoint nothing is recorded; every trace has its id all the same, and contexts travel.
    """
    global _recorder  # noqa: PLW0603 - one a process
    _recorder = Recorder(service, instance, endpoint, ratio) if endpoint else None
    return _recorder


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


def span(
    name: str,
    traceparent: str | None = None,
    *,
    kind: SpanKind = SpanKind.INTERNAL,
    links: Sequence[str | None] = (),
    correlation: str | None = None,
    causation: str | None = None,
    **about: AttributeValue | None,
) -> Span:
    """A part of the trace that came with `traceparent`, else of what is on, else the first of a trace of its own.

    `links` are places that it goes back to as well. `about` becomes attributes, `philo.` before each name.
    """
    on = here()
    over = places.read(traceparent) or (on.place if on else None)
    if on:
        correlation, causation = correlation or on.correlation, causation or on.causation
    own, parent = place_under(over)
    recorder = _recorder if own.sampled else None
    if recorder is None:
        return Span(name, own, parent, correlation=correlation, causation=causation)
    linked = [found for found in map(places.read, links) if found and found != over] if links else ()
    return Span(
        name,
        own,
        parent,
        recorder,
        kind=kind,
        correlation=correlation,
        causation=causation,
        about={f"philo.{key}": value for key, value in about.items() if value is not None},
        links=linked,
    )


def told(name: str, traceparent: str | None, began: int, **about: AttributeValue) -> None:
    """A span that is over already: from `began` (nanoseconds since 1970) until now. Nothing when it is not recorded."""
    over = places.read(traceparent)
    if over is None or not over.sampled or _recorder is None:
        return
    own, parent = place_under(over)
    named = {f"philo.{key}": value for key, value in about.items()}
    Span(name, own, parent, _recorder, kind=SpanKind.PRODUCER, about=named, began=began).end()


def stages_told(stages: Sequence[Stage]) -> None:
    """What a child was busy with, as parts of what is on."""
    on = here()
    if on is None or not on.is_recording():
        return
    found: list[Place] = []
    for one in stages:
        own, parent = place_under(found[one.part_of] if one.part_of >= 0 else on.place)
        found.append(own)
        about = {f"philo.{key}": value for key, value in one.about.items()}
        part = Span(one.name, own, parent, on.hearer, correlation=on.correlation, about=about, began=one.began)
        part.end(one.ended)


def recording() -> bool:
    """Whether anything is recorded in this process."""
    return _recorder is not None


def unrecorded() -> Span:
    """A span that is not told of, and none of what is done in it."""
    return Span("", Place(places.new_trace(), places.new_span(), sampled=False))


def place_under(over: Place | None) -> tuple[Place, int]:
    """Where a new span is, and the id of its parent. One that is not recorded here passes on the place it was given."""
    if over is None:
        number = places.new_trace()
        sampled = _recorder is not None and _recorder.samples(number)
        return Place(number, places.new_span(), sampled), 0
    if over.sampled and _recorder:
        return Place(over.trace, places.new_span(), True), over.span
    return over, 0


@contextmanager
def resumed(one: Span | None) -> Iterator[None]:
    """Make a span current once more, though it may be over: what is done now was decided in it."""
    if one is None:
        yield
        return
    with trace.use_span(one, end_on_exit=False, record_exception=False, set_status_on_exception=False):
        yield
