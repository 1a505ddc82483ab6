"""How requests go: rate, errors and durations of every path, by its template."""

from __future__ import annotations

from starlette.types import Scope

from philo_kernel.metrics.instruments import OTHER, QUICK, gauge, histogram

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
UNROUTED = "unrouted"
"""No path of ours, or refused before anybody looked for one."""

DURATIONS = histogram(
    "api_request_duration_seconds",
    "From the head of a request to the head of its answer, by the template of its path. Sockets are not counted.",
    "method",
    "route",
    "status",
    buckets=QUICK,
)
UNDER_WAY = gauge("api_requests_in_progress", "Requests whose answers have not ended.").of()


def answered(scope: Scope, status: int, seconds: float) -> None:
    """A request is answered, or broken off: then `status` is 0, and it is told as 499, as if nobody had waited."""
    method = scope["method"] if scope["method"] in METHODS else OTHER
    DURATIONS.of(method, route_of(scope), str(status or 499)).observe(seconds)


def route_of(scope: Scope) -> str:
    """Never the path itself: it holds ids, and strangers may ask for any."""
    return getattr(scope.get("route"), "path", UNROUTED)
