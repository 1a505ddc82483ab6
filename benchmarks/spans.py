"""What a span costs its process, alone on a core: `python -m benchmarks.spans`.

Each begins from a `traceparent`, has three attributes, hands its place on, and is over: what a handler of a fact does.
Nobody listens where the recorded ones are sent to, so that they are encoded and kept, and nothing else.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from philo_kernel import telemetry
from philo_kernel.telemetry import SpanKind

CAUSE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
NOWHERE = "http://127.0.0.1:9"
TIMES, TURNS = 4_000, 5


def one() -> None:
    about = {"correlation": "01a1ffc5-0c55", "causation": "01a1ffc5-8295"}
    with telemetry.span("gateway.advance_job", CAUSE, kind=SpanKind.CONSUMER, **about, fact="SceneDrawn"):
        telemetry.carried()


@contextmanager
def recorded() -> Iterator[None]:
    recorder = telemetry.begin("bench", "bench-0", NOWHERE)
    try:
        yield
    finally:
        telemetry.begin("bench", "bench-0", None)
        if recorder:
            size = sum(map(len, recorder.sender.waiting)) / max(1, len(recorder.sender.waiting))
            recorder.shutdown()
            print(f"  {size:.0f} bytes each")


def cost() -> float:
    """Microseconds of CPU for each of `TIMES`, of the turn in which nobody was in the way."""
    turns = []
    for _ in range(TURNS):
        began = time.thread_time_ns()
        for _ in range(TIMES):
            one()
        turns.append(time.thread_time_ns() - began)
    return min(turns) / TIMES / 1_000


def main() -> None:
    print(f"not recorded: {cost():.1f} µs")
    with recorded():
        print(f"recorded: {cost():.1f} µs")


if __name__ == "__main__":
    main()
