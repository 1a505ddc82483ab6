"""One trace a job: the context lies in the event and goes on at the consumer, in the task and in what it asks for."""

from opentelemetry.trace import SpanKind

from philo_kernel.telemetry.presence import (
    carried,
    current,
    failed,
    happened,
    here,
    over,
    resumed,
    trace_id,
    traceparent_of,
)
from philo_kernel.telemetry.recorder import Recorder
from philo_kernel.telemetry.spans import Span
from philo_kernel.telemetry.tracing import begin, recording, span, stages_told, told, unrecorded

__all__ = [
    "Recorder",
    "Span",
    "SpanKind",
    "begin",
    "carried",
    "current",
    "failed",
    "happened",
    "here",
    "over",
    "recording",
    "resumed",
    "span",
    "stages_told",
    "told",
    "trace_id",
    "traceparent_of",
    "unrecorded",
]
