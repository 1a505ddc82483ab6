"""The reverse proxy: auth and notify behind gateway's one origin, streamed both ways."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress

import httpx
import structlog
from fastapi import APIRouter, Request, WebSocket
from philo_kernel.http.problems import ServiceUnavailable
from starlette.background import BackgroundTask
from starlette.datastructures import URL
from starlette.responses import Response, StreamingResponse
from starlette.websockets import WebSocketDisconnect
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

HOP_BY_HOP = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""RFC 9110, section 7.6.1: these speak of one connection and are not passed on."""
TRY_AGAIN_LATER = 1013
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]

log = structlog.stdlib.get_logger("philo.proxy")


def end_to_end(headers: Mapping[str, str], *, without: frozenset[str] = frozenset()) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in HOP_BY_HOP | without}


class Upstream:
    """One service behind the gateway."""

    def __init__(self, name: str, url: str, client: httpx.AsyncClient) -> None:
        self.name, self.url, self.client = name, url.rstrip("/"), client

    def address(self, url: URL) -> str:
        return f"{self.url}{url.path}" + (f"?{url.query}" if url.query else "")

    async def pass_on(self, request: Request) -> Response:
        """The upstream's answer as it comes. Raises `ServiceUnavailable` when it does not answer."""
        address = self.address(request.url)
        headers = end_to_end(request.headers, without=frozenset({"host"}))
        headers["x-request-id"] = getattr(request.state, "request_id", headers.get("x-request-id", ""))
        headers["x-forwarded-for"] = request.client.host if request.client else ""
        outgoing = self.client.build_request(request.method, address, headers=headers, content=await request.body())
        try:
            answer = await self.client.send(outgoing, stream=True)
        except httpx.TransportError as error:
            log.warning("upstream away", upstream=self.name, error=repr(error))
            raise ServiceUnavailable(
                f"The {self.name} service does not answer. Try again in a moment.", retry_after=1
            ) from error
        return StreamingResponse(
            answer.aiter_raw(), answer.status_code, end_to_end(answer.headers), background=BackgroundTask(answer.aclose)
        )

    async def pass_on_socket(self, socket: WebSocket) -> None:
        """Frames both ways until either side ends; a refused handshake is refused with its reason."""
        address = f"{self.url.replace('http', 'ws', 1)}{socket.url.path}" + (
            f"?{socket.url.query}" if socket.url.query else ""
        )
        wanted = ("authorization", "x-api-key", "last-event-id", "x-request-id", "origin")
        headers = {name: value for name in wanted if (value := socket.headers.get(name))}
        try:
            async with connect(address, additional_headers=headers, max_size=2**22, compression=None) as upstream:
                await socket.accept()
                await both_ways(socket, upstream)
        except InvalidStatus as refused:
            await deny(socket, refused)
        except OSError as error:
            log.warning("upstream away", upstream=self.name, error=repr(error))
            await socket.close(TRY_AGAIN_LATER, f"The {self.name} service does not answer.")


async def deny(socket: WebSocket, refused: InvalidStatus) -> None:
    answer = refused.response
    headers = end_to_end(dict(answer.headers.raw_items()), without=frozenset({"content-length"}))
    await socket.send_denial_response(Response(answer.body, answer.status_code, headers))


async def both_ways(socket: WebSocket, upstream: ClientConnection) -> None:
    directions = {asyncio.create_task(down(upstream, socket)), asyncio.create_task(up(socket, upstream))}
    _, left = await asyncio.wait(directions, return_when=asyncio.FIRST_COMPLETED)
    for task in left:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def down(upstream: ClientConnection, socket: WebSocket) -> None:
    try:
        async for message in upstream:
            await (socket.send_text(message) if isinstance(message, str) else socket.send_bytes(message))
    except ConnectionClosed:
        log.debug("upstream closed the socket")
    with suppress(RuntimeError):  # the client was gone first
        await socket.close(upstream.close_code or 1011, upstream.close_reason or "")


async def up(socket: WebSocket, upstream: ClientConnection) -> None:
    with suppress(WebSocketDisconnect, ConnectionClosed):
        async for text in socket.iter_text():
            await upstream.send(text)


def proxied(upstream: Upstream, http: list[str], sockets: list[str]) -> APIRouter:
    """Routes that belong to another service. They are documented there, so not here again."""
    router = APIRouter(include_in_schema=False)
    for path in http:
        router.add_api_route(path, upstream.pass_on, methods=METHODS)
    for path in sockets:
        router.add_api_websocket_route(path, upstream.pass_on_socket)
    return router
