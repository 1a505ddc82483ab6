"""An HTTP server that behaves, and misbehaves, as providers of pictures do."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal


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


class PictureServer:
    """`replies` are taken one a request, the last one again and again; `asked` is all that came."""

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
async def running_server() -> AsyncIterator[PictureServer]:
    pictures = PictureServer()
    connections: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.add(asyncio.ensure_future(pictures.serve(reader, writer)))

    listening = await asyncio.start_server(accept, "127.0.0.1", 0)
    pictures.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    yield pictures
    pictures.silence.set()
    listening.close()
    for connection in connections:
        connection.cancel()
    await asyncio.gather(*connections, return_exceptions=True)
