"""A collector that only keeps what it is sent: what is measured is what sending costs, not what is done then."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

OF_A_FILM = 50
"""Spans that a film has more of, and a login fewer."""


@dataclass
class Sink:
    """`bodies` are the requests as they came: they are read when nobody measures any more."""

    endpoint: str
    bodies: list[bytes] = field(default_factory=list)

    def __str__(self) -> str:
        spans = [span for body in self.bodies for span in spans_of(body)]
        traces = Counter(span.trace_id for span in spans if span.trace_id)
        films = [count for count in traces.values() if count > OF_A_FILM]
        size = sum(map(len, self.bodies))
        each = f"{sum(films) / len(films):.0f} spans a film" if films else "no film"
        return f"{len(spans):,} spans of {size / max(1, len(spans)):.0f} bytes in {len(self.bodies)} requests, {each}"


def spans_of(body: bytes) -> list[Span]:
    request = ExportTraceServiceRequest.FromString(body)
    return [span for resource in request.resource_spans for scope in resource.scope_spans for span in scope.spans]


@contextmanager
def sink() -> Iterator[Sink]:
    """On a free port of this machine, for as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            taken.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    taken = Sink(f"http://127.0.0.1:{server.server_address[1]}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield taken
    finally:
        server.shutdown()
        server.server_close()
