"""What this process records: which traces, and where their spans go."""

from __future__ import annotations

from philo_kernel.telemetry.encoding import encoded, head_of
from philo_kernel.telemetry.sending import Sender
from philo_kernel.telemetry.spans import Span

WHOLE = 1 << 64


class Recorder:
    """Takes spans that are over. Of the traces that begin here it records the share `ratio`, chosen by their ids."""

    def __init__(self, service: str, instance: str, endpoint: str, ratio: float = 1.0) -> None:
        resource = {"service.name": f"philo-{service}", "service.instance.id": instance}
        self.sender = Sender(endpoint, head_of(resource))
        self.bound = round(ratio * WHOLE)

    def samples(self, trace: int) -> bool:
        """As OpenTelemetry's TraceIdRatioBased does."""
        return trace % WHOLE < self.bound

    def take(self, span: Span) -> None:
        self.sender.add(encoded(span))

    def shutdown(self) -> None:
        """Blocks for some seconds at most."""
        self.sender.close()
