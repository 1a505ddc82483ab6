"""An HTTP server that behaves, and misbehaves, as providers of music do."""

import asyncio
import io
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

import numpy as np
import soundfile

SECRET = "r8_very_secret_4711"
PAGE = b"<!doctype html><html><body>Bad gateway</body></html>"


@cache
def tune(seconds: float = 8.0) -> bytes:
    """A FLAC at 16 kHz with a quiet tone in it."""
    file = io.BytesIO()
    wave = 0.2 * np.sin(2 * np.pi * 330 * np.arange(int(seconds * 16_000)) / 16_000)
    soundfile.write(file, wave, 16_000, format="FLAC")
    return file.getvalue()


class Naps:
    """Sleeps that take no time."""

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
    return Reply(status, {"content-type": "application/json"}, json.dumps(answer).encode())


def played(audio: bytes, **other) -> Reply:
    return Reply(headers={"content-type": "audio/flac"}, body=audio, **other)


class MusicServer:
    """`replies` are taken one a request, the last one again and again; `files` stay; `asked` is all that came."""

    def __init__(self) -> None:
        self.replies: list[Reply] = []
        self.files: dict[str, Reply] = {}
        self.asked: list[Asked] = []
        self.silence = asyncio.Event()
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                asked = await _request(reader)
                self.asked.append(asked)
                await self._reply(self.files.get(asked.path) or self._next(), writer)
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
async def running_music_server() -> AsyncIterator[MusicServer]:
    music = MusicServer()
    connections: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.add(asyncio.ensure_future(music.serve(reader, writer)))

    listening = await asyncio.start_server(accept, "127.0.0.1", 0)
    music.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    yield music
    music.silence.set()
    listening.close()
    for connection in connections:
        connection.cancel()
    await asyncio.gather(*connections, return_exceptions=True)
