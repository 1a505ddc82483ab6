"""OpenTelemetry's SDK, as this process uses it.

It is not made the global one: what libraries would tell of by themselves may be what no trace should hold.
"""

from __future__ import annotations

from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanLimits, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF, ParentBased, TraceIdRatioBased
from opentelemetry.trace import Tracer

from philo_kernel.telemetry.failures import LONGEST

SCOPE = "philo"

SILENT: Tracer = TracerProvider(ALWAYS_OFF, Resource.get_empty(), shutdown_on_exit=False).get_tracer(SCOPE)
"""Gives every trace its id, and records none."""


def tracer_of(recorder: SpanProcessor, service: str, instance: str, ratio: float) -> Tracer:
    """Of the traces that begin here it records the share `ratio`, chosen by their ids; of others, what their first did."""
    provider = TracerProvider(
        ParentBased(TraceIdRatioBased(ratio)),
        Resource({"service.name": f"philo-{service}", "service.instance.id": instance}),
        shutdown_on_exit=False,
        span_limits=SpanLimits(max_attribute_length=LONGEST),
    )
    provider.add_span_processor(recorder)
    return provider.get_tracer(SCOPE)
