"""Brings a delivery to its receiver: to public addresses, following nothing, reading little, waiting shortly."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import Iterator, Mapping

import httpcore2

from philo_kernel.outgoing.addresses import AddressForbidden, PublicNetwork
from philo_kernel.outgoing.client import trusted
from philo_notify.webhooks.domain import Answer

READ = 1_000
"""Bytes of an answer that are kept; the rest is not even fetched."""
FAULTS: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((AddressForbidden,), "Its name leads to an address that is not public. Philo does not go there."),
    ((socket.gaierror, UnicodeError), "Its name is not known."),
    ((httpcore2.ProtocolError, httpcore2.UnsupportedProtocol), "It does not speak HTTP as it should."),
    ((httpcore2.NetworkError, OSError), "It cannot be reached."),
)


class Carrier:
    """`patience` is seconds for one attempt, from the look-up of the name to the beginning of the answer's body."""

    def __init__(self, *, loopback: bool, patience: float) -> None:
        self.patience = patience
        self.pool = httpcore2.AsyncConnectionPool(
            ssl_context=trusted(),
            network_backend=PublicNetwork(loopback=loopback),
            max_connections=100,
            keepalive_expiry=10,
        )

    async def send(self, url: str, headers: Mapping[str, str], body: str) -> Answer:
        """How it went. Raises nothing that a receiver can cause."""
        since = time.monotonic()
        try:
            async with asyncio.timeout(self.patience):
                status, text = await self.post(url, headers, body.encode())
        except Exception as error:
            if (words := words_of(error, self.patience)) is None:
                raise
            return Answer(elapsed(since), error=words)
        return Answer(elapsed(since), status, text, redirected(status))

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> tuple[int, str]:
        sent = [(name.encode(), value.encode()) for name, value in headers.items()]
        target = httpcore2.URL(url)
        sent = [(b"host", host_of(target)), (b"content-length", str(len(body)).encode()), *sent]
        async with self.pool.stream("POST", target, headers=sent, content=body) as answer:
            return answer.status, readable(await beginning(answer))

    async def close(self) -> None:
        await self.pool.aclose()


async def beginning(answer: httpcore2.Response) -> bytes:
    read = b""
    async for chunk in answer.aiter_stream():
        read += chunk
        if len(read) >= READ:
            break
    return read[:READ]


def readable(raw: bytes) -> str:
    """As text that a person may look at and a database can hold."""
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in raw.decode(errors="replace"))


def host_of(url: httpcore2.URL) -> bytes:
    usual = {b"http": 80, b"https": 443}.get(url.scheme)
    host = b"[%b]" % url.host if b":" in url.host else url.host
    return host if url.port in {None, usual} else b"%b:%d" % (host, url.port)


def redirected(status: int) -> str | None:
    if 300 <= status < 400:
        return f"It answered with a redirect ({status}). Philo follows none: change the address of the webhook."
    return None


def words_of(error: Exception, patience: float) -> str | None:
    """What a receiver's fault is called; none for what is no receiver's."""
    if isinstance(error, TimeoutError | httpcore2.TimeoutException):
        return f"It did not answer within {patience:g} seconds."
    if any(isinstance(one, ssl.SSLError) for one in chain(error)):
        return "Its certificate cannot be trusted, or it speaks no TLS."
    return next((words for kinds, words in FAULTS if isinstance(error, kinds)), None)


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and what it came from."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def elapsed(since: float) -> int:
    return round((time.monotonic() - since) * 1000)
