"""What a client may take until it has said what it wants: bounded in time and in bytes."""

from __future__ import annotations

import asyncio
from typing import ClassVar

import structlog
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

log = structlog.stdlib.get_logger("philo.http")

TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n"
    b"x-content-type-options: nosniff\r\n\r\n"
)


class BoundedHeaders(HttpToolsProtocol):
    """Uvicorn's own protocol, which waits for the head of a request for ever and keeps whatever comes."""

    patience: ClassVar[float] = 10.0
    """Seconds from its first byte, or from the connection, to the end of the head of a request."""
    largest: ClassVar[int] = 64 * 1024
    """Bytes of a head that comes in pieces."""

    waiting: asyncio.TimerHandle | None = None
    taken = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.wait()

    def data_received(self, data: bytes) -> None:
        if self.waiting is None and (self.cycle is None or self.cycle.response_complete):
            self.wait()
        super().data_received(data)
        self.taken += len(data)
        if self.waiting and self.taken > self.largest:
            self.give_up(TOO_LARGE)

    def on_headers_complete(self) -> None:
        self.content()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self.content()
        super().connection_lost(exc)

    def wait(self) -> None:
        self.taken = 0
        self.waiting = self.loop.call_later(self.patience, self.give_up)

    def content(self) -> None:
        if self.waiting:
            self.waiting.cancel()
            self.waiting = None

    def give_up(self, last_words: bytes = b"") -> None:
        self.content()
        log.info("a head of a request was given up", bytes=self.taken)
        self.transport.write(last_words)
        self.transport.close()
