"""A stream over WebSocket: the same messages, one a frame."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress

from starlette.websockets import WebSocket, WebSocketDisconnect

from philo_notify.connections import Connections
from philo_notify.listener import Told
from philo_notify.streams import Streams

TOO_SLOW = 1013
"""RFC 6455 leaves it to IANA's list: try again later."""
NO_MORE = 1008
"""RFC 6455, section 7.4.1: who listens may not any more."""
ENDED = "This account was deleted."
WORDS = "You read too slowly. Come back with ?after= and the last id you have."


class Sockets:
    """`patience` is seconds for which a client may leave one message unread."""

    def __init__(self, streams: Streams, connections: Connections, patience: float) -> None:
        self.streams, self.connections, self.patience = streams, connections, patience

    async def serve(self, socket: WebSocket, user: str, job: str | None, after: int | None) -> None:
        """Send until the client leaves, or reads no more. Raises `TooManyRequests` before the handshake is answered."""
        with self.connections.one(user):
            await socket.accept()
            async with aclosing(self.streams.follow(user, job, after)) as messages:
                await self.converse(socket, messages)

    async def converse(self, socket: WebSocket, messages: AsyncIterator[Told]) -> None:
        """Until either side has had enough."""
        both = {asyncio.ensure_future(gone(socket)), asyncio.ensure_future(self.send(socket, messages))}
        try:
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in both:
                task.cancel()
            outcomes = await asyncio.gather(*both, return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, Exception):
                raise outcome

    async def send(self, socket: WebSocket, messages: AsyncIterator[Told]) -> None:
        with suppress(WebSocketDisconnect):
            async for _, message in messages:
                try:
                    await asyncio.wait_for(socket.send_text(message), self.patience)
                except TimeoutError:
                    await self.leave(socket, TOO_SLOW, WORDS)
                    return
            await self.leave(socket, NO_MORE, ENDED)

    async def leave(self, socket: WebSocket, code: int, words: str) -> None:
        """The last frame may lie behind others that are not read; who reads on finds it."""
        with suppress(TimeoutError):
            await asyncio.wait_for(socket.close(code, words), self.patience)


async def gone(socket: WebSocket) -> None:
    """Returns when the client has left; what it says is of no interest."""
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass
