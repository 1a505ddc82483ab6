"""An HTTP server inside a loop that is already running, started and stopped by whoever owns the process."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import structlog
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from .connections import BoundedHeaders

GRACE = 10
"""Seconds that requests in flight have to end."""

log = structlog.stdlib.get_logger("philo.http")


class _Server(uvicorn.Server):
    """Uvicorn, leaving the signals to the process and telling when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listening = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listening.set()

    async def leave(self, stop: asyncio.Event) -> None:
        """Answers in flight end beside the tasks that end, and not after them."""
        await stop.wait()
        self.should_exit = True

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serve(
    app: ASGIApp,
    host: str,
    port: int,
    *,
    grace: int = GRACE,
    trusted_proxies: str = "",
    stop: asyncio.Event | None = None,
) -> AsyncIterator[int]:
    """Serve until the block ends, or `stop` is set; yields the port, which is chosen freely for `port=0`.

    Only what `trusted_proxies` (addresses and networks, with commas) say of whom they forward for is believed.
    Raises `OSError` if the address is taken. At the end no new connection is taken, and what is in flight has
    `grace` seconds before it is cancelled. The application's lifespan is not run: `main.py` starts things.
    """
    bound = listen(host, port)
    config = uvicorn.Config(
        patient(app),
        http=BoundedHeaders,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        proxy_headers=bool(trusted_proxies),
        forwarded_allow_ips=trusted_proxies,
        timeout_graceful_shutdown=grace,
    )
    server = _Server(config)
    running = asyncio.create_task(server.serve([bound]), name="http")
    leaving = asyncio.create_task(server.leave(stop)) if stop else None
    try:
        await server.listening.wait()
        yield bound.getsockname()[1]
    finally:
        server.should_exit = True
        if leaving:
            leaving.cancel()
        await running


def patient(app: ASGIApp) -> ASGIApp:
    """An endless answer is cut when the server ends: that is no error, and uvicorn would tell it as one."""

    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await app(scope, receive, send)
        except asyncio.CancelledError:
            log.info("an answer was cut short", path=scope["path"])

    return served


def listen(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    bound = socket.socket(family, kind, protocol)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except OSError:
        bound.close()
        raise
    bound.setblocking(False)
    return bound
