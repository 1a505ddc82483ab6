"""What becomes of a span that is over: it is encoded on the spot, and lies in memory as bytes until it is sent.

The SDK's own processor encodes batches in a thread, and while it does the event loop, which gives up the interpreter's
lock at every system call, waits for it five milliseconds at a time; see docs/adr/0029-traces.md.
"""

from __future__ import annotations

from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor

from philo_kernel.telemetry.sending import Sender


class Recorder(SpanProcessor):
    """Each span is an `ExportTraceServiceRequest` of its own. Protobuf reads several in a row as one."""

    def __init__(self, endpoint: str) -> None:
        self.sender = Sender(endpoint)

    def on_end(self, span: ReadableSpan) -> None:
        self.sender.add(encode_spans([span]).SerializeToString())

    def shutdown(self) -> None:
        """Send the last ones. Blocks for some seconds at most."""
        self.sender.close()
