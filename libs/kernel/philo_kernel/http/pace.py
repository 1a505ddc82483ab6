"""Bodies that come too slowly are given up: whoever sends a byte a minute holds a connection for ever."""

from __future__ import annotations

import asyncio
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .problems import TooSlow

GRACE = 20.0
"""Seconds that any body may take."""
SLOWEST = 4096.0
"""Bytes a second, on average, of a body that takes longer."""
WORDS = "The body came too slowly and was given up. Send it again over a better connection, or in smaller parts."


class Paced:
    """ASGI middleware. `grace` is in seconds, `slowest` in bytes a second. A body that is whole is waited for no more."""

    def __init__(self, app: ASGIApp, *, grace: float = GRACE, slowest: float = SLOWEST) -> None:
        self.app, self.grace, self.slowest = app, grace, slowest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, self.bounded(receive) if scope["type"] == "http" else receive, send)

    def bounded(self, receive: Receive) -> Receive:
        """The same messages. Raises `TooSlow` where the next one of a body does not come in time."""
        deadline, whole = time.monotonic() + self.grace, False

        async def next_message() -> Message:
            nonlocal deadline, whole
            if whole:
                return await receive()
            try:
                async with asyncio.timeout(deadline - time.monotonic()):
                    message = await receive()
            except TimeoutError as error:
                raise TooSlow(WORDS, headers={"Connection": "close"}) from error
            deadline += len(message.get("body", b"")) / self.slowest
            whole = not message.get("more_body", False)
            return message

        return next_message
