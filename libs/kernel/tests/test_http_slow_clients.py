"""Clients that take their time: heads and bodies of requests are waited for within bounds, over real connections."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from fastapi import APIRouter, Request
from starlette.middleware import Middleware

from philo_kernel.http.app import application
from philo_kernel.http.connections import BoundedHeaders
from philo_kernel.http.pace import Paced
from philo_kernel.http.server import serve

pytestmark = pytest.mark.heavy

router = APIRouter()
HEAD = b"POST /length HTTP/1.1\r\nHost: philo\r\nContent-Type: application/json\r\nContent-Length: 10\r\n"


@router.post("/length")
async def length(body: dict) -> int:
    return len(body)


@router.post("/stream")
async def stream(request: Request) -> int:
    return sum([len(piece) async for piece in request.stream()])


@router.get("/who")
async def who(request: Request) -> list[str]:
    assert request.client
    return [request.client.host, request.url.scheme]


@pytest_asyncio.fixture
async def port(monkeypatch) -> AsyncIterator[int]:
    monkeypatch.setattr(BoundedHeaders, "patience", 0.2)
    hasty = Middleware(Paced, grace=0.2, slowest=1e9)
    async with serve(application("slow", "1", router, checks={}, middleware=[hasty]), "127.0.0.1", 0) as port:
        yield port


async def told(port: int, *pieces: bytes) -> bytes:
    """Everything the server says until it closes the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    async with asyncio.timeout(10):
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        answer = await reader.read()
    writer.close()
    return answer


@pytest.mark.parametrize("sent", [b"", b"\r\n", b"GET", HEAD])
async def test_a_head_that_does_not_end_is_given_up(port, sent):
    assert await told(port, sent) == b""


async def test_a_second_head_that_does_not_end_is_given_up_too(port):
    answer = await told(port, b"GET /health HTTP/1.1\r\nHost: philo\r\n\r\n", b"GET /he")
    assert answer.startswith(b"HTTP/1.1 200")


async def test_a_head_that_grows_without_end_is_refused(port):
    answer = await told(port, b"GET / HTTP/1.1\r\n" + b"X-Many: much\r\n" * 5000)
    assert answer.startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize("path", [b"/length", b"/stream"])
async def test_a_body_that_does_not_come_is_given_up_with_a_problem(port, path):
    answer = await told(port, HEAD.replace(b"/length", path) + b'\r\n{"a"')
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"/problems/too-slow" in answer


async def test_a_quick_request_passes(port):
    answer = await told(port, HEAD + b'Connection: close\r\n\r\n{"a": "b"}')
    assert answer.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(("trusted", "seen"), [("", ["127.0.0.1", "http"]), ("127.0.0.1", ["198.51.100.7", "https"])])
async def test_a_forwarded_address_is_believed_of_a_trusted_proxy_only(trusted, seen):
    said = b"X-Forwarded-For: 198.51.100.7\r\nX-Forwarded-Proto: https\r\n"
    async with serve(application("slow", "1", router, checks={}), "127.0.0.1", 0, trusted_proxies=trusted) as port:
        answer = await told(port, b"GET /who HTTP/1.1\r\nHost: philo\r\nConnection: close\r\n" + said + b"\r\n")
    assert all(f'"{part}"'.encode() in answer for part in seen)
