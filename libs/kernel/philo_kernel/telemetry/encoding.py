"""Spans as bytes of OTLP (opentelemetry-proto, trace/v1), each for itself: a request is their concatenation.

Encoded one by one as they end, they cost the event loop some microseconds each. A batch that is encoded in a thread
keeps the loop waiting for the interpreter's lock, five milliseconds at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from opentelemetry.proto.common.v1.common_pb2 import AnyValue, ArrayValue, InstrumentationScope, KeyValue
from opentelemetry.proto.resource.v1.resource_pb2 import Resource
from opentelemetry.proto.trace.v1.trace_pb2 import Span as Wire
from opentelemetry.proto.trace.v1.trace_pb2 import Status
from opentelemetry.trace import SpanKind
from opentelemetry.util.types import AttributeValue

from philo_kernel.telemetry.place import Place
from philo_kernel.telemetry.spans import Span

KINDS = {
    SpanKind.INTERNAL: Wire.SPAN_KIND_INTERNAL,
    SpanKind.SERVER: Wire.SPAN_KIND_SERVER,
    SpanKind.CLIENT: Wire.SPAN_KIND_CLIENT,
    SpanKind.PRODUCER: Wire.SPAN_KIND_PRODUCER,
    SpanKind.CONSUMER: Wire.SPAN_KIND_CONSUMER,
}
LENGTH_DELIMITED = 2
SPANS_OF_A_SCOPE, SCOPE = 2, 1
SCOPES_OF_A_RESOURCE, RESOURCE = 2, 1
RESOURCES_OF_A_REQUEST = 1


def encoded(span: Span) -> bytes:
    """One span as the field of a `ScopeSpans`."""
    place = span.place
    wire = Wire(
        trace_id=place.trace.to_bytes(16, "big"),
        span_id=place.span.to_bytes(8, "big"),
        parent_span_id=span.parent.to_bytes(8, "big") if span.parent else b"",
        name=span.name,
        kind=KINDS[span.kind],
        start_time_unix_nano=span.began,
        end_time_unix_nano=span.ended,
        attributes=pairs(span.attributes | about(span)),
        events=[Wire.Event(time_unix_nano=at, name=name, attributes=pairs(told)) for at, name, told in span.happenings],
        links=[linked(one) for one in span.links],
        status=Status(code=Status.STATUS_CODE_ERROR, message=span.failure) if span.failure is not None else None,
    )
    return field(SPANS_OF_A_SCOPE, wire.SerializeToString())


def about(span: Span) -> dict[str, AttributeValue]:
    ids = {"philo.correlation_id": span.correlation, "philo.causation_id": span.causation}
    return {name: value for name, value in ids.items() if value}


def linked(place: Place) -> Wire.Link:
    return Wire.Link(trace_id=place.trace.to_bytes(16, "big"), span_id=place.span.to_bytes(8, "big"))


def pairs(values: Mapping[str, AttributeValue]) -> list[KeyValue]:
    return [KeyValue(key=key, value=as_any(value)) for key, value in values.items()]


def as_any(value: AttributeValue) -> AnyValue:
    match value:
        case bool():
            return AnyValue(bool_value=value)
        case int():
            return AnyValue(int_value=value)
        case float():
            return AnyValue(double_value=value)
        case str():
            return AnyValue(string_value=value)
        case Sequence():
            return AnyValue(array_value=ArrayValue(values=[as_any(one) for one in value]))
        case _:
            return AnyValue(string_value=repr(value))


def head_of(resource: Mapping[str, str]) -> tuple[bytes, bytes]:
    """What stands before the spans of every request: the resource, and the scope."""
    whose = Resource(attributes=pairs(resource)).SerializeToString()
    return field(RESOURCE, whose), field(SCOPE, InstrumentationScope(name="philo").SerializeToString())


def request(head: tuple[bytes, bytes], spans: Iterable[bytes]) -> bytes:
    """An `ExportTraceServiceRequest` of one resource."""
    resource, scope = head
    scoped = field(SCOPES_OF_A_RESOURCE, scope + b"".join(spans))
    return field(RESOURCES_OF_A_REQUEST, resource + scoped)


def field(number: int, body: bytes) -> bytes:
    """A length-delimited field of a protobuf message."""
    return bytes([number << 3 | LENGTH_DELIMITED]) + varint(len(body)) + body


def varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)
