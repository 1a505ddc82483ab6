"""A stream over WebSocket: the same messages, one a frame."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress

from starlette.websockets import WebSocket, WebSocketDisconnect

from philo_notify import figures
from philo_notify.connections import Connections
from philo_notify.listener import Told
from philo_notify.streams import Streams

Farewell = tuple[int, str]
"""A code (RFC 6455, section 7.4.1, and IANA's list) and words."""
TOO_SLOW: Farewell = (1013, "You read too slowly. Come back with ?after= and the last id you have.")
ERASED: Farewell = (1008, "This account was deleted.")
FAREWELL = 30.0
"""Seconds in which somebody who is cut off may still hear why."""


class Sockets:
    """`patience` is seconds for which a client may leave one message unread."""

    def __init__(self, streams: Streams, connections: Connections, patience: float) -> None:
        self.streams, self.connections, self.patience = streams, connections, patience

    async def serve(self, socket: WebSocket, user: str, job: str | None, after: int | None) -> None:
        """Send until the client leaves, or reads no more. Raises `TooManyRequests` before the handshake is answered."""
        with self.connections.one(user), figures.OPEN.of("socket").track_inprogress():
            await socket.accept()
            async with aclosing(self.streams.follow(user, job, after)) as messages:
                farewell = await self.converse(socket, messages)
            if farewell:
                with suppress(TimeoutError):  # it lies behind what is not read; who reads on finds it
                    await asyncio.wait_for(socket.close(*farewell), FAREWELL)

    async def converse(self, socket: WebSocket, messages: AsyncIterator[Told]) -> Farewell | None:
        """Until either side has had enough; what is to be said if it is this one."""
        leaving, sending = asyncio.ensure_future(gone(socket)), asyncio.ensure_future(self.send(socket, messages))
        try:
            await asyncio.wait({leaving, sending}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (leaving, sending):
                task.cancel()
            outcomes = await asyncio.gather(leaving, sending, return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, Exception):
                raise outcome
        return None if sending.cancelled() else sending.result()

    async def send(self, socket: WebSocket, messages: AsyncIterator[Told]) -> Farewell | None:
        """Why it ended; none when the client was gone."""
        try:
            async for _, message in messages:
                await asyncio.wait_for(socket.send_text(message), self.patience)
        except WebSocketDisconnect:
            return None
        except TimeoutError:
            figures.CUT.of("socket").inc()
            return TOO_SLOW
        return ERASED


async def gone(socket: WebSocket) -> None:
    """Returns when the client has left; what it says is of no interest."""
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass
