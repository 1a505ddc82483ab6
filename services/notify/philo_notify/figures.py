"""Who listens, and how true the figures of the queue have been."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from philo_kernel.metrics.instruments import LONG, MAX, counter, gauge, histogram

OPEN = gauge("live_streams_open", "Live streams, by how they are carried: socket or sse.", "transport")
CUT = counter("live_streams_cut_total", "Live streams that were cut because nobody read them.", "transport")
DELIVERIES = counter("webhook_deliveries_total", "Attempts to bring a webhook, by what came of them.", "outcome")

DEPTH = gauge("job_queue_depth", "Jobs that have not ended.", "kind", over=MAX)
ERRORS = histogram(
    "queue_estimate_error_seconds",
    "How much sooner or later a job was done than it was told at first.",
    "kind",
    "came",
    buckets=LONG,
)
SHARES = histogram(
    "queue_estimate_error_ratio",
    "The same as a share of what it was told.",
    "kind",
    "came",
    buckets=(0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 5, 10),
)


def waiting(kinds: Iterable[str], known: set[str]) -> None:
    """Set the depth of the queue; a kind that has none left is told as zero. `known` remembers the kinds."""
    counts = Counter(kinds)
    known |= counts.keys()
    for kind in known:
        DEPTH.of(kind).set(counts[kind])


def ended(kind: str, took: float, promised: float) -> None:
    """A job took so many seconds; it had been promised so many."""
    error = took - promised
    about = kind, "later" if error > 0 else "sooner"
    ERRORS.of(*about).observe(abs(error))
    SHARES.of(*about).observe(abs(error) / promised)
