"""A collector of traces in the test's own process: it speaks OTLP over HTTP as real ones do, and tells what it was sent."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
from opentelemetry.proto.trace.v1.trace_pb2 import Span as Wire
from opentelemetry.proto.trace.v1.trace_pb2 import Status


@dataclass(frozen=True)
class Told:
    """A span as it was sent; ids are hexadecimal, `parent` is empty for the first of a trace, times are nanoseconds."""

    service: str
    name: str
    trace: str
    id: str
    parent: str
    kind: int
    began: int
    ended: int
    attributes: Mapping[str, Any]
    events: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    failure: str | None

    @classmethod
    def of(cls, service: str, span: Wire) -> Told:
        return cls(
            service=service,
            name=span.name,
            trace=span.trace_id.hex(),
            id=span.span_id.hex(),
            parent=span.parent_span_id.hex(),
            kind=span.kind,
            began=span.start_time_unix_nano,
            ended=span.end_time_unix_nano,
            attributes=plain(span.attributes),
            events=tuple(event.name for event in span.events),
            links=tuple((link.trace_id.hex(), link.span_id.hex()) for link in span.links),
            failure=span.status.message if span.status.code == Status.STATUS_CODE_ERROR else None,
        )


@dataclass
class Collector:
    """All that was sent to it. `bodies` are the requests as they came, to look for what must not be in them."""

    endpoint: str
    spans: list[Told] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    away: bool = False
    """While it is, it refuses what it is sent."""
    refused: int = 0

    def take(self, body: bytes) -> None:
        request = ExportTraceServiceRequest.FromString(body)
        self.bodies.append(body)
        for resource in request.resource_spans:
            service = str(plain(resource.resource.attributes)["service.name"])
            self.spans += [Told.of(service, span) for scope in resource.scope_spans for span in scope.spans]

    def trace(self, number: str) -> list[Told]:
        """The spans of one trace, by when they began."""
        return sorted((span for span in list(self.spans) if span.trace == number), key=lambda span: span.began)

    async def until(self, told: Callable[[Collector], bool], within: float = 20.0) -> None:
        """Wait for what is still on its way. Raises TimeoutError."""
        until = time.monotonic() + within
        while not told(self):
            if time.monotonic() > until:
                raise TimeoutError("these spans did not come")
            await asyncio.sleep(0.02)


def orphans(trace: list[Told]) -> list[Told]:
    """Those whose parent nobody has told of."""
    known = {span.id for span in trace}
    return [span for span in trace if span.parent and span.parent not in known]


def plain(pairs: Any) -> dict[str, Any]:  # noqa: ANN401 - a repeated field of protobuf has no type of its own
    return {pair.key: value_of(pair.value) for pair in pairs if isinstance(pair, KeyValue)}


def value_of(value: AnyValue) -> Any:  # noqa: ANN401 - any of the types that an attribute may have
    kind = value.WhichOneof("value")
    if kind == "array_value":
        return [value_of(one) for one in value.array_value.values]
    return getattr(value, kind) if kind else None


@contextmanager
def collecting() -> Iterator[Collector]:
    """A collector on a free port of this machine, for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            known = self.path == "/v1/traces" and self.headers["Content-Type"] == "application/x-protobuf"
            if known and not collector.away:
                collector.take(body)
            collector.refused += collector.away
            self.send_response(503 if collector.away else 200 if known else 404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Every request would be a line on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    collector = Collector(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield collector
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
