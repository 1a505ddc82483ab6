"""One trace a job: the context lies in the event and goes on at the consumer and in the task."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from opentelemetry import propagate, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace import SpanKind

tracer = trace.get_tracer("philo")


def carried() -> dict[str, str]:
    """The current trace as headers; empty when nobody traces."""
    if not trace.get_current_span().get_span_context().is_valid:
        return {}
    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    return carrier


def current() -> str | None:
    return carried().get("traceparent")


@contextmanager
def span(name: str, traceparent: str | None = None, **about: str) -> Iterator[None]:
    """Go on with a trace that came with an event or a task, or begin one."""
    context = propagate.extract({"traceparent": traceparent}) if traceparent else None
    with tracer.start_as_current_span(
        name,
        context=context,
        kind=SpanKind.CONSUMER,
        attributes={f"philo.{key}": value for key, value in about.items()},
    ):
        yield


def traceparent_of(headers: Mapping[str, object] | None) -> str | None:
    value = (headers or {}).get("traceparent")
    return str(value) if value else None


def begin(service: str, instance: str, endpoint: str | None, ratio: float = 1.0) -> TracerProvider | None:
    """Send spans over OTLP to `endpoint`. Without one nothing is recorded, and contexts still travel."""
    if endpoint is None:
        return None
    resource = Resource({"service.name": f"philo-{service}", "service.instance.id": instance})
    provider = TracerProvider(resource=resource, sampler=ParentBased(TraceIdRatioBased(ratio)))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")))
    trace.set_tracer_provider(provider)
    return provider
