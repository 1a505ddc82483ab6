"""Two WebSockets as one: what either side says reaches the other, and how it ends as well."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

UNSENDABLE = {1005: 1000, 1006: 1011, 1015: 1011}
"""RFC 6455, 7.4.1: these tell how a connection was found ended, and may not be sent; what is said in their place."""


async def both_ways(socket: WebSocket, upstream: ClientConnection) -> None:
    """Until either side ends; then the other is told so. Raises nothing that an end can cause."""
    talking = asyncio.create_task(up(socket, upstream))
    try:
        await down(upstream, socket)
    finally:
        talking.cancel()
        with suppress(asyncio.CancelledError):
            await talking


async def down(upstream: ClientConnection, socket: WebSocket) -> None:
    """Ends with the upstream, which also ends when the client has left."""
    with suppress(WebSocketDisconnect):  # the client was gone first
        with suppress(ConnectionClosed):
            async for message in upstream:
                await (socket.send_text(message) if isinstance(message, str) else socket.send_bytes(message))
        code = upstream.close_code or 1006
        await socket.close(UNSENDABLE.get(code, code), upstream.close_reason or "")


async def up(socket: WebSocket, upstream: ClientConnection) -> None:
    """Ends with the client; whatever ended it, the upstream is closed then."""
    code = 1001
    try:
        with suppress(ConnectionClosed):
            while (message := await socket.receive())["type"] != "websocket.disconnect":
                text: str | None = message.get("text")
                await upstream.send(message["bytes"] if text is None else text)
            code = int(message.get("code") or 1000)
    finally:
        await upstream.close(UNSENDABLE.get(code, code))
