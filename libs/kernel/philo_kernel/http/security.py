"""Headers that keep a browser from doing more with an answer than was meant, and which pages may read answers."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

DEFAULTS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
}
"""Of an answer that says nothing else: a page of ours says what it loads."""
TWO_YEARS = "max-age=63072000; includeSubDomains"
SENT = (
    "Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "Last-Event-ID", "Range", "X-API-Key",
    "X-Request-Id",
)  # fmt: skip
READ = (
    "Accept-Ranges", "Content-Range", "ETag", "Idempotency-Replayed", "Location", "RateLimit", "RateLimit-Policy",
    "Retry-After", "X-Request-Id",
)  # fmt: skip
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


class SecurityHeaders:
    """ASGI middleware: sets what an answer leaves unsaid. Strict transport only where the transport is secure."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"].endswith("http.response.start"):
                headers = MutableHeaders(raw=message.setdefault("headers", []))
                for name, value in DEFAULTS.items():
                    headers.setdefault(name, value)
                if scope.get("scheme") in {"https", "wss"}:
                    headers.setdefault("Strict-Transport-Security", TWO_YEARS)
            await send(message)

        await self.app(scope, receive, guarded if scope["type"] in {"http", "websocket"} else send)


def cross_origin(origins: Sequence[str]) -> list[Middleware]:
    """Lets pages of these origins call and read. No cookie is ever taken from another origin (`*` is any origin)."""
    if not origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=list(origins),
            allow_methods=METHODS,
            allow_headers=SENT,
            expose_headers=READ,
            max_age=600,
        )
    ]
