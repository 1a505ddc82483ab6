"""A stream as Server-Sent Events: bounded in number, and cut where nobody reads it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing

import structlog
from sse_starlette import EventSourceResponse, ServerSentEvent
from sse_starlette.sse import SendTimeoutError
from starlette.types import Receive, Scope, Send

from philo_notify import figures
from philo_notify.connections import Connections
from philo_notify.streams import Streams

log = structlog.stdlib.get_logger("philo.streams")


class Events(EventSourceResponse):
    """`patience` is seconds for which a client may leave one message unread. Whoever is cut comes back by id."""

    def __init__(
        self, streams: Streams, connections: Connections, user: str, job: str | None, after: int | None, patience: float
    ) -> None:
        self.connections, self.user = connections, user
        headers = {"X-Accel-Buffering": "no"}
        super().__init__(told(streams, user, job, after), ping=0, headers=headers, send_timeout=patience)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self.connections.one(self.user), figures.OPEN.of("sse").track_inprogress():
            try:
                await super().__call__(scope, receive, send)
            except* SendTimeoutError:
                figures.CUT.of("sse").inc()
                log.info("a slow client was cut off", path=scope["path"])


async def told(streams: Streams, user: str, job: str | None, after: int | None) -> AsyncIterator[ServerSentEvent]:
    async with aclosing(streams.follow(user, job, after)) as messages:
        async for number, message in messages:
            yield ServerSentEvent(message, id=str(number))
