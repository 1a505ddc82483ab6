"""The reverse proxy: auth and notify behind gateway's one origin, streamed both ways."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from http.cookiejar import DefaultCookiePolicy

import httpx
import structlog
from fastapi import APIRouter, Request, WebSocket
from starlette.background import BackgroundTask
from starlette.requests import HTTPConnection
from starlette.responses import Response, StreamingResponse
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidHandshake, InvalidStatus

from philo_gateway.bridge import both_ways
from philo_kernel import telemetry
from philo_kernel.http.context import request_id_of
from philo_kernel.http.problems import BadRequest, NotFound, ServiceUnavailable

Headers = list[tuple[bytes, bytes]]

HOP_BY_HOP = frozenset({
    b"connection", b"keep-alive", b"proxy-authenticate", b"proxy-authorization", b"proxy-connection", b"te", b"trailer",
    b"transfer-encoding", b"upgrade",
})  # fmt: skip
"""RFC 9110, section 7.6.1: these speak of one connection and are not passed on."""
OURS_TO_SAY = frozenset({
    b"host", b"x-request-id", b"forwarded", b"x-forwarded-for", b"x-forwarded-proto", b"traceparent", b"tracestate",
})  # fmt: skip
OURS_TO_ANSWER = frozenset({b"date", b"server"})
CREDENTIALS = ("authorization", "x-api-key", "last-event-id", "origin")
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]
PATIENCE = 30.0
"""Seconds until an answer has to begin. Once begun it may be silent for as long as it likes."""

log = structlog.stdlib.get_logger("philo.proxy")


def end_to_end(headers: Iterable[tuple[bytes, bytes]], *, without: frozenset[bytes] = frozenset()) -> Headers:
    """What is meant for the other end: without hop-by-hop headers and those that `Connection` names."""
    every = [(name.lower(), value) for name, value in headers]
    named = {one.strip().lower() for name, value in every if name == b"connection" for one in value.split(b",")}
    return [(name, value.strip(b" \t")) for name, value in every if name not in HOP_BY_HOP | named | without]


class Upstream:
    """One service behind the gateway."""

    def __init__(self, name: str, url: str, client: httpx.AsyncClient) -> None:
        self.name, self.url, self.client = name, url.rstrip("/"), client
        # A client that keeps cookies would send one person's with the next person's request.
        client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    def address(self, connection: HTTPConnection) -> str:
        """The same path as it was written, and the same query. Raises `NotFound` for a path that climbs out of its own."""
        if {".", ".."} & set(connection.scope["path"].split("/")):
            raise NotFound("There is nothing at this path. Write it without dot segments.")
        path, query = connection.scope["raw_path"].decode("ascii"), connection.scope["query_string"].decode("ascii")
        return f"{self.url}{path}" + (f"?{query}" if query else "")

    def away(self, error: Exception) -> ServiceUnavailable:
        log.warning("upstream away", upstream=self.name, error=repr(error))
        return ServiceUnavailable(f"The {self.name} service does not answer. Try again in a moment.", retry_after=1)

    async def pass_on(self, request: Request) -> Response:
        """The upstream's answer as it comes. Raises `ServiceUnavailable` when it does not answer."""
        headers = end_to_end(request.headers.raw, without=OURS_TO_SAY) + told_by_us(request)
        address, body = self.address(request), await request.body()
        outgoing = self.client.build_request(request.method, address, headers=headers, content=body)
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await self.client.send(outgoing, stream=True)
        except httpx.LocalProtocolError as error:
            raise BadRequest(
                "A header of this request cannot be passed on. Send it without control characters."
            ) from error
        except (httpx.TransportError, TimeoutError) as error:
            raise self.away(error) from error
        passed = StreamingResponse(pieces(answer), answer.status_code, background=BackgroundTask(answer.aclose))
        passed.raw_headers = end_to_end(answer.headers.raw, without=OURS_TO_ANSWER)
        return passed

    async def pass_on_socket(self, socket: WebSocket) -> None:
        """Frames both ways until either side ends; a refused handshake is refused with its reason."""
        try:
            upstream = await self.connected(socket)
        except InvalidStatus as refused:
            await deny(socket, refused)
        except (OSError, InvalidHandshake) as error:
            raise self.away(error) from error
        else:
            async with upstream:
                await socket.accept()
                await both_ways(socket, upstream)

    async def connected(self, socket: WebSocket) -> ClientConnection:
        address = self.address(socket).replace("http", "ws", 1)
        sent = {name: value for name in CREDENTIALS if (value := socket.headers.get(name, "")).isascii() and value}
        headers = sent | {"x-request-id": request_id_of(socket.scope)} | telemetry.carried()
        return await connect(address, additional_headers=headers, max_size=2**22, compression=None, proxy=None)


def told_by_us(request: Request) -> Headers:
    client = request.client.host if request.client else ""
    return [
        (b"x-request-id", request_id_of(request.scope).encode()),
        (b"x-forwarded-for", client.encode()),
        (b"x-forwarded-proto", request.url.scheme.encode()),
        *((name.encode(), value.encode()) for name, value in telemetry.carried().items()),
    ]


async def pieces(answer: httpx.Response) -> AsyncIterator[bytes]:
    """The body as it comes, undecoded. An upstream that ends in the middle ends ours there, which the client sees."""
    async for piece in answer.aiter_raw():
        yield piece


async def deny(socket: WebSocket, refused: InvalidStatus) -> None:
    answer = refused.response
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers.raw_items()]
    denial = Response(bytes(answer.body or b""), answer.status_code)
    denial.raw_headers = end_to_end(raw, without=OURS_TO_ANSWER)
    await socket.send_denial_response(denial)


def proxied(upstream: Upstream, http: list[str], sockets: list[str]) -> APIRouter:
    """Routes that belong to another service. They are documented there, so not here again."""
    router = APIRouter(include_in_schema=False)
    for path in http:
        router.add_api_route(path, upstream.pass_on, methods=METHODS)
    for path in sockets:
        router.add_api_websocket_route(path, upstream.pass_on_socket)
    return router
