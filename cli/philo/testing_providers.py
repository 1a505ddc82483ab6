"""An HTTP server that behaves, and misbehaves, as those who work for money do; and sleeps that take no time."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal

from philo_kernel.outgoing.line import Terms
from philo_kernel.outgoing.patience import Patience

PAGE = b"<!doctype html><html><body>Bad gateway</body></html>"


class Naps:
    """Sleeps that take no time; `seconds` are those that were wished for."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    """`how` is `whole`, `cut` (the connection ends in mid-body), `flood` (4 MB of it) or `silent` (nothing ever comes)."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    how: Literal["whole", "cut", "flood", "silent"] = "whole"


def told(answer: object, status: int = 200) -> Reply:
    """An answer in JSON."""
    return Reply(status, {"content-type": "application/json"}, json.dumps(answer).encode())


class ProviderServer:
    """`replies` are taken one a request, the last one again and again; `links` stay; `asked` is all that came."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.links: dict[str, Reply] = {}
        self.asked: list[Asked] = []
        self.silence = asyncio.Event()
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                asked = await _request(reader)
                self.asked.append(asked)
                await self._reply(self.links.get(asked.path) or self._next(), writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()

    def _next(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]

    async def _reply(self, reply: Reply, writer: asyncio.StreamWriter) -> None:
        if reply.how == "silent":
            await self.silence.wait()
            raise ConnectionError
        length = {} if reply.how == "flood" else {"content-length": str(len(reply.body))}
        head = [
            f"HTTP/1.1 {reply.status} X",
            *(f"{name}: {said}" for name, said in {**length, **reply.headers}.items()),
        ]
        writer.write(("\r\n".join(head) + "\r\n\r\n").encode())
        writer.write(reply.body[: len(reply.body) // 2] if reply.how == "cut" else reply.body)
        for _ in range(256 if reply.how == "flood" else 0):
            writer.write(bytes(16384))
            await writer.drain()
        await writer.drain()
        if reply.how in {"cut", "flood"}:
            raise ConnectionError


async def _request(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    method, path = head.split(" ")[:2]
    headers = {name.lower(): said for name, said in re.findall(r"^([\w-]+): (.*)\r$", head, re.MULTILINE)}
    return Asked(method, path, headers, await reader.readexactly(int(headers.get("content-length", "0"))))


@asynccontextmanager
async def running_provider() -> AsyncIterator[ProviderServer]:
    """One on 127.0.0.1, until the block ends."""
    provider = ProviderServer()
    connections: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.add(asyncio.ensure_future(provider.serve(reader, writer)))

    listening = await asyncio.start_server(accept, "127.0.0.1", 0)
    provider.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    yield provider
    provider.silence.set()
    listening.close()
    for connection in connections:
        connection.cancel()
    await asyncio.gather(*connections, return_exceptions=True)


def terms(naps: Naps, *, retries: int = 3, timeout: float = 20.0) -> Terms:
    """Those of a line whose pauses take no time; chance is always one half."""
    return Terms(timeout=timeout, patience=Patience(retries=retries, sleep=naps, chance=lambda: 0.5))
