"""What surrounds one request: its id, its line in the log, and the last word when something broke."""

from __future__ import annotations

import re
from time import perf_counter

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars
from uuid_utils import uuid7

from philo_kernel.metrics import requests as figures

from . import tracing

SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+/=@-]{0,127}")
log = structlog.stdlib.get_logger("philo.http")


def request_id_of(scope: Scope) -> str:
    """The id under which this request is logged and answered."""
    request_id: str = scope["state"]["request_id"]
    return request_id


class RequestContext:
    """Outermost of all: what passes here has an id, is logged once, and never shows a trace."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        request_id = taken(scope) or str(uuid7())
        scope["state"] = {**scope.get("state", {}), "request_id": request_id}
        with bound_contextvars(request_id=request_id), tracing.answering(scope) as span:
            exchange = Exchange(scope, request_id, send)
            await exchange.run(self.app, receive)
            tracing.answered(span, scope, exchange.status)


class Exchange:
    """One request and its answer, or one WebSocket from handshake to close."""

    def __init__(self, scope: Scope, request_id: str, send: Send) -> None:
        self.scope, self.request_id, self.out = scope, request_id, send
        self.status, self.begun, self.since = 0, False, perf_counter()
        self.took = 0.0
        """Seconds until the answer began: how long a client takes to hear it is not ours."""

    async def run(self, app: ASGIApp, receive: Receive) -> None:
        figures.UNDER_WAY.inc()
        try:
            await app(self.scope, receive, self.send)
        except Exception:
            # The server would log it a second time, and without the id: it ends here.
            log.exception("request failed", method=self.method, path=self.scope["path"])
            await self.close()
        finally:
            figures.UNDER_WAY.dec()
            self.note()

    async def send(self, message: Message) -> None:
        if message["type"].endswith("http.response.start"):
            self.status, self.begun, self.took = message["status"], True, perf_counter() - self.since
            MutableHeaders(raw=message.setdefault("headers", [])).setdefault("X-Request-Id", self.request_id)
        elif message["type"] == "websocket.accept":
            self.status, self.begun = 101, True
            message["headers"] = [*message.get("headers", []), (b"x-request-id", self.request_id.encode())]
        await self.out(message)

    async def close(self) -> None:
        """An HTTP answer that broke midway is cut by the server; a WebSocket is told (1011, internal error)."""
        if self.scope["type"] == "websocket":
            await self.out({"type": "websocket.close", "code": 1011})

    def note(self) -> None:
        if self.scope["type"] == "http":
            figures.answered(self.scope, self.status, self.took or perf_counter() - self.since)
        elapsed = round((perf_counter() - self.since) * 1000, 2)
        write = log.debug if self.scope["path"] in tracing.QUIET else log.info
        write("request", method=self.method, path=self.scope["path"], status=self.status, ms=elapsed)

    @property
    def method(self) -> str:
        return str(self.scope.get("method", "WEBSOCKET"))


def taken(scope: Scope) -> str | None:
    """The client's own id, if it is harmless in a header and a log line."""
    theirs = Headers(scope=scope).get("x-request-id", "")
    return theirs if SANE.fullmatch(theirs) else None
