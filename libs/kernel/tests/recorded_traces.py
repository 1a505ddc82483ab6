"""What a test's own process records, sent to a collector that is there for it alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from philo.testing_traces import Collector, collecting
from philo_kernel import telemetry


class Recording:
    def __init__(self, collector: Collector, recorder: telemetry.Recorder) -> None:
        self.collector, self.recorder = collector, recorder

    def told(self) -> list:
        """All spans so far, in the order in which they ended; nothing is recorded any more."""
        self.recorder.shutdown()
        return self.collector.spans


@contextmanager
def recording(ratio: float = 1.0) -> Iterator[Recording]:
    with collecting() as collector:
        recorder = telemetry.begin("toy", "toy-0", collector.endpoint, ratio)
        assert recorder
        try:
            yield Recording(collector, recorder)
        finally:
            telemetry.begin("toy", "toy-0", None)
            recorder.shutdown()
