"""A trace as Jaeger's query API tells it, and its order: causes before effects. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Span:
    """Times are microseconds since 1970. `parent` is empty for the first; `failure` says why it failed, if it did."""

    id: str
    parent: str
    service: str
    name: str
    began: int
    took: int
    tags: dict[str, Any]
    failure: str | None

    @property
    def ended(self) -> int:
        return self.began + self.took


@dataclass(frozen=True)
class Row:
    span: Span
    depth: int


def spans_of(trace: dict[str, Any]) -> list[Span]:
    """All spans of one trace (an item of `data` in `/api/traces`)."""
    services = {name: process["serviceName"].removeprefix("philo-") for name, process in trace["processes"].items()}
    return [span_of(one, services[one["processID"]]) for one in trace["spans"]]


def span_of(one: dict[str, Any], service: str) -> Span:
    tags = {tag["key"]: tag["value"] for tag in one["tags"]}
    parents = [reference["spanID"] for reference in one["references"] if reference["refType"] == "CHILD_OF"]
    failure = str(tags.get("otel.status_description", "failed")) if tags.get("error") else None
    return Span(
        id=one["spanID"],
        parent=parents[0] if parents else "",
        service=service,
        name=one["operationName"],
        began=one["startTime"],
        took=one["duration"],
        tags=tags,
        failure=failure,
    )


def rows(spans: Sequence[Span]) -> list[Row]:
    """Each below what caused it, by when it began; one whose cause is not there stands at the edge."""
    known = {span.id for span in spans}
    below: dict[str, list[Span]] = {}
    for span in sorted(spans, key=lambda one: one.began):
        below.setdefault(span.parent if span.parent in known else "", []).append(span)

    def walk(parent: str, depth: int) -> Iterator[Row]:
        for span in below.get(parent, ()):
            yield Row(span, depth)
            yield from walk(span.id, depth + 1)

    return list(walk("", 0))


def worth_seeing(row: Row, whole: int, share: float = 0.01) -> bool:
    """What took long, failed, or was tried again; the rest is there with `--all`."""
    span = row.span
    again = span.tags.get("philo.attempt", 1) > 1 or "philo.redelivered" in span.tags
    return not span.parent or span.failure is not None or again or span.took >= share * whole
