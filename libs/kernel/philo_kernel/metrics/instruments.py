"""Counters, gauges and histograms of this process, all in one registry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.metrics import MetricWrapperBase

REGISTRY = CollectorRegistry()
MOST = 2_000
"""Sets of labels that one figure may have. More would be a mistake, and memory without end here and in Prometheus."""
OTHER = "other"
SUM = " Sum over processes."
MAX = " Max over processes: each tells of the same thing."
MIN = " Min over processes: each tells of the same thing."
QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Seconds of what a person waits for with a hand on the mouse."""
LONG = (0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600)
"""Seconds of work that is done behind somebody's back."""

disable_created_metrics()  # type: ignore[no-untyped-call] # a series more a figure, which nobody asks for
ProcessCollector(registry=REGISTRY)
GCCollector(registry=REGISTRY)

M = TypeVar("M", bound=MetricWrapperBase)


class Family(Generic[M]):
    """A figure by its labels. What was asked for once is found by a look into a dictionary."""

    __slots__ = ("_children", "_metric", "labels")

    def __init__(self, metric: M, labels: Sequence[str]) -> None:
        self._metric, self.labels = metric, tuple(labels)
        self._children: dict[tuple[str, ...], M] = {}

    def of(self, *values: str) -> M:
        """In the order in which the labels were named."""
        child = self._children.get(values)
        return self._first(values) if child is None else child

    def _first(self, values: tuple[str, ...]) -> M:
        if not self.labels:
            return self._metric
        if len(self._children) >= MOST:
            values = (OTHER,) * len(self.labels)
        child = self._children[values] = self._metric.labels(*values)
        return child


def counter(name: str, what: str, *labels: str) -> Family[Counter]:
    """What only grows; `name` ends in `_total`. They are added up over processes."""
    return Family(Counter(name, what + SUM, labels, registry=REGISTRY), labels)


def histogram(name: str, what: str, *labels: str, buckets: Sequence[float] = LONG) -> Family[Histogram]:
    """How often and how much; added up over processes."""
    return Family(Histogram(name, what + SUM, labels, registry=REGISTRY, buckets=buckets), labels)


def gauge(name: str, what: str, *labels: str, over: str = SUM) -> Family[Gauge]:
    """How it is now. `over` says what the figures of several processes make together."""
    return Family(Gauge(name, what + over, labels, registry=REGISTRY), labels)
