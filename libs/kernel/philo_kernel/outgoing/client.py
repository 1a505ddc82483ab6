"""The HTTP client of every provider: no answer is read past its bound, and no redirect is followed."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterable, AsyncIterator
from functools import cache

import httpx2


class AnswerTooLarge(Exception):
    """More came than is read, or it came packed, so that its size cannot be known."""


async def bounded(chunks: AsyncIterable[bytes], most: int) -> AsyncIterator[bytes]:
    """The same chunks. Raises AnswerTooLarge as soon as they are more than `most` bytes together."""
    total = 0
    async for chunk in chunks:
        total += len(chunk)
        if total > most:
            raise AnswerTooLarge
        yield chunk


class BoundedStream(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream, most: int) -> None:
        self._stream = stream
        self._most = most

    def __aiter__(self) -> AsyncIterator[bytes]:
        return bounded(self._stream, self._most)

    async def aclose(self) -> None:
        await self._stream.aclose()


def bounded_client(most: int) -> httpx2.AsyncClient:
    """Without a time limit of its own: deadlines hold over whole requests. Close it when done."""

    async def bind(response: httpx2.Response) -> None:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise AnswerTooLarge
        if isinstance(response.stream, httpx2.AsyncByteStream):
            response.stream = BoundedStream(response.stream, most)

    return httpx2.AsyncClient(
        verify=trusted(),
        timeout=None,
        headers={"accept-encoding": "identity"},
        event_hooks={"response": [bind]},
        follow_redirects=False,
    )


@cache
def trusted() -> ssl.SSLContext:
    """The certificates this machine trusts: read once, they are many."""
    return httpx2.create_ssl_context()
