"""One trace a job: the context lies in the event and goes on at the consumer, in the task and in what it asks for."""

from opentelemetry.trace import Span, SpanKind

from philo_kernel.telemetry.failures import failed
from philo_kernel.telemetry.presence import current, happened, here, now, over, resumed, trace_id
from philo_kernel.telemetry.propagation import carried, traceparent_of
from philo_kernel.telemetry.recorder import Recorder
from philo_kernel.telemetry.subject import subject
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
    "now",
    "over",
    "recording",
    "resumed",
    "span",
    "stages_told",
    "subject",
    "told",
    "trace_id",
    "traceparent_of",
    "unrecorded",
]
