"""W3C Trace Context, in and out: how a trace comes with a fact, an order or a request, and leaves with another."""

from __future__ import annotations

from collections.abc import Mapping

from opentelemetry.context import Context
from opentelemetry.trace import SpanContext, get_current_span
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

HEADER = "traceparent"
W3C = TraceContextTextMapPropagator()


def carried() -> dict[str, str]:
    """Where we are, as headers; none outside of any trace."""
    headers: dict[str, str] = {}
    W3C.inject(headers)
    return headers


def traceparent_of(headers: Mapping[str, object] | None) -> str | None:
    value = (headers or {}).get(HEADER)
    return str(value) if value else None


def under(traceparent: str | None, context: Context) -> Context:
    """`context` in the place that was sent to us. What is no `traceparent` changes nothing."""
    return W3C.extract({HEADER: traceparent}, context) if traceparent else context


def place_in(context: Context) -> SpanContext:
    """Invalid outside of any trace."""
    return get_current_span(context).get_span_context()
