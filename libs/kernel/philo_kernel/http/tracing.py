"""The span of a request: where a trace begins, or goes on behind gateway."""

from __future__ import annotations

from contextlib import AbstractContextManager

from starlette.datastructures import Headers
from starlette.types import Scope

from philo_kernel import telemetry
from philo_kernel.telemetry import Span, SpanKind

QUIET = frozenset({"/health", "/health/ready", "/metrics"})
"""Asked again and again by machines."""
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
BROKEN = 500


def answering(scope: Scope) -> AbstractContextManager[Span]:
    """A client's own trace is linked to: whoever may ask does not decide what is recorded here.

    Behind a proxy of ours (TRUSTED_PROXIES) the trace goes on that was begun there.
    """
    if scope["path"] in QUIET:
        return telemetry.unrecorded()
    header, ours = Headers(scope=scope).get("traceparent"), behind_us(scope)
    return telemetry.span(
        method_of(scope), header if ours else None, kind=SpanKind.SERVER, links=[] if ours else [header]
    )


def behind_us(scope: Scope) -> bool:
    return bool(getattr(scope["app"].state, "behind_us", False)) if "app" in scope else False


def answered(span: Span, scope: Scope, status: int) -> None:
    """Named after its route, never after its path: paths and queries may hold what only their owner may know."""
    if not span.is_recording():
        return
    route = getattr(scope.get("route"), "path", None)
    if route:
        span.update_name(f"{method_of(scope)} {route}")
        span.set_attribute("http.route", route)
    span.set_attribute("http.request.method", method_of(scope))
    span.set_attribute("http.response.status_code", status)
    if status >= BROKEN:
        telemetry.failed(f"answered with {status}")


def method_of(scope: Scope) -> str:
    """Strangers may send any word."""
    if scope["type"] == "websocket":
        return "WEBSOCKET"
    return str(scope["method"]) if scope["method"] in METHODS else "HTTP"
