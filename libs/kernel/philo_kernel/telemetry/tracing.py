"""Beginning spans, and going on with traces that came with a fact, an order or a request."""

from __future__ import annotations

from collections.abc import Sequence

from opentelemetry.trace import SpanKind
from opentelemetry.util.types import AttributeValue

from philo_kernel.stages import Stage
from philo_kernel.telemetry import place as places
from philo_kernel.telemetry.place import Place
from philo_kernel.telemetry.presence import here
from philo_kernel.telemetry.recorder import Recorder
from philo_kernel.telemetry.spans import Span

_recorder: Recorder | None = None


def begin(service: str, instance: str, endpoint: str | None, ratio: float = 1.0) -> Recorder | None:
    """Record from now on, and send spans over OTLP to `endpoint`; `shutdown` sends the last ones.

    Without an endpoint nothing is recorded; every trace has its id all the same, and contexts travel.
    """
    global _recorder  # noqa: PLW0603 - one a process
    _recorder = Recorder(service, instance, endpoint, ratio) if endpoint else None
    return _recorder


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
    above = places.read(traceparent) or (on.place if on else None)
    if on:
        correlation, causation = correlation or on.correlation, causation or on.causation
    own, parent = place_under(above)
    recorder = _recorder if own.sampled else None
    if recorder is None:
        return Span(name, own, parent, correlation=correlation, causation=causation)
    linked = [found for found in map(places.read, links) if found and found != above] if links else ()
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
    above = places.read(traceparent)
    if above is None or not above.sampled or _recorder is None:
        return
    own, parent = place_under(above)
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


def place_under(above: Place | None) -> tuple[Place, int]:
    """Where a new span is, and the id of its parent. One that is not recorded here passes on the place it was given."""
    if above is None:
        number = places.new_trace()
        sampled = _recorder is not None and _recorder.samples(number)
        return Place(number, places.new_span(), sampled), 0
    if above.sampled and _recorder:
        return Place(above.trace, places.new_span(), True), above.span
    return above, 0
