"""The feed over Server-Sent Events and WebSocket: one message shape for both."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, suppress
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, WebSocket
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.websockets import WebSocketDisconnect

from philo_kernel.http.identity import Caller, allowed, allowed_socket
from philo_notify.domain import Message
from philo_notify.streams import Streams

router = APIRouter(prefix="/api/v1", tags=["live"])

Reader = Annotated[Caller, Depends(allowed("jobs:read"))]
Viewer = Annotated[Caller, Depends(allowed_socket("jobs:read"))]
GREATEST = 2**63 - 1
After = Annotated[int | None, Query(ge=0, le=GREATEST, description="The id of the last message you have; 0 for all.")]
LastEventId = Annotated[int | None, Header(ge=0, le=GREATEST, alias="Last-Event-ID")]
STREAM: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {}}, "model": Message}}


def streams_of(request: Request) -> Streams:
    streams: Streams = request.app.state.streams
    return streams


Live = Annotated[Streams, Depends(streams_of)]


def events(streams: Streams, user: str, job: str | None, after: int | None) -> EventSourceResponse:
    async def told() -> AsyncIterator[ServerSentEvent]:
        async with aclosing(streams.follow(user, job, after)) as messages:
            async for number, message in messages:
                yield ServerSentEvent(message, id=str(number))

    return EventSourceResponse(told(), ping=3600, headers={"X-Accel-Buffering": "no"})


@router.get("/realtime/events", response_class=EventSourceResponse, responses=STREAM)
async def all_events(
    who: Reader, streams: Live, after: After = None, last_event_id: LastEventId = None
) -> EventSourceResponse:
    """Everything about your jobs, as it happens. Resume with `Last-Event-ID` or `?after=`."""
    return events(streams, who.user, None, last_event_id if last_event_id is not None else after)


@router.get("/jobs/{job_id}/events", response_class=EventSourceResponse, responses=STREAM)
async def job_events(
    job_id: UUID, who: Reader, streams: Live, after: After = None, last_event_id: LastEventId = None
) -> EventSourceResponse:
    """Everything about one job. Without a last message it begins with the job as it is now."""
    await streams.check(who.user, str(job_id))
    return events(streams, who.user, str(job_id), last_event_id if last_event_id is not None else after)


@router.get("/projects/{project_id}/jobs/{job_id}/events", response_class=EventSourceResponse, responses=STREAM)
async def project_job_events(
    project_id: UUID,
    job_id: UUID,
    who: Reader,
    streams: Live,
    after: After = None,
    last_event_id: LastEventId = None,
) -> EventSourceResponse:
    await streams.check(who.user, str(job_id), str(project_id))
    return events(streams, who.user, str(job_id), last_event_id if last_event_id is not None else after)


async def socket(websocket: WebSocket, who: Caller, job: UUID | None, project: UUID | None, after: int | None) -> None:
    """Send until the client leaves. A handshake for somebody else's job is refused with a problem."""
    streams: Streams = websocket.app.state.streams
    if job:
        await streams.check(who.user, str(job), str(project) if project else None)
    await websocket.accept()
    async with aclosing(streams.follow(who.user, str(job) if job else None, after)) as messages:
        await converse(websocket, messages)


async def converse(websocket: WebSocket, messages: AsyncIterator[tuple[int, str]]) -> None:
    """Until either side has had enough."""
    both = {asyncio.ensure_future(gone(websocket)), asyncio.ensure_future(send(websocket, messages))}
    try:
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in both:
            task.cancel()
        outcomes = await asyncio.gather(*both, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome


async def send(websocket: WebSocket, messages: AsyncIterator[tuple[int, str]]) -> None:
    with suppress(WebSocketDisconnect):
        async for _, message in messages:
            await websocket.send_text(message)


async def gone(websocket: WebSocket) -> None:
    """Returns when the client has left; what it says is of no interest."""
    while (await websocket.receive())["type"] != "websocket.disconnect":
        pass


@router.websocket("/realtime/ws")
async def all_socket(websocket: WebSocket, who: Viewer, after: After = None) -> None:
    await socket(websocket, who, None, None, after)


@router.websocket("/jobs/{job_id}/ws")
async def job_socket(websocket: WebSocket, job_id: UUID, who: Viewer, after: After = None) -> None:
    await socket(websocket, who, job_id, None, after)


@router.websocket("/projects/{project_id}/jobs/{job_id}/ws")
async def project_job_socket(
    websocket: WebSocket, project_id: UUID, job_id: UUID, who: Viewer, after: After = None
) -> None:
    await socket(websocket, who, job_id, project_id, after)
