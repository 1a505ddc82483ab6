"""The feed over Server-Sent Events and WebSocket: one message shape for both."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, WebSocket
from pydantic import BaseModel
from sse_starlette import EventSourceResponse

from philo_kernel.http.identity import Caller, allowed
from philo_notify.domain import Message
from philo_notify.events import Events
from philo_notify.sockets import Sockets
from philo_notify.tickets import LASTS, SCOPE, Tickets, listening, listening_page

router = APIRouter(prefix="/api/v1", tags=["live"])

Reader = Annotated[Caller, Depends(allowed(SCOPE))]
Listens = Annotated[Caller, Depends(listening_page)]
Viewer = Annotated[Caller, Depends(listening)]
GREATEST = 2**63 - 1
After = Annotated[int | None, Query(ge=0, le=GREATEST, description="The id of the last message you have; 0 for all.")]
LastEventId = Annotated[int | None, Header(ge=0, le=GREATEST, alias="Last-Event-ID")]
STREAM: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {}}, "model": Message}}


class Ticket(BaseModel):
    """Opens one stream, as `?ticket=`, within so many seconds."""

    ticket: str
    expires_in: int


class Opening:
    """A dependency: how a stream over HTTP is opened, and from where on."""

    def __init__(self, request: Request, who: Listens, after: After = None, last_event_id: LastEventId = None) -> None:
        self.state, self.user = request.app.state, who.user
        self.after = last_event_id if last_event_id is not None else after

    async def events(self, job: str | None = None, project: str | None = None) -> EventSourceResponse:
        sockets: Sockets = self.state.sockets
        if job:
            await sockets.streams.check(self.user, job, project)
        return Events(sockets.streams, sockets.connections, self.user, job, self.after, sockets.patience)


Open = Annotated[Opening, Depends()]


@router.post("/realtime/tickets")
async def ticket(request: Request, who: Reader) -> Ticket:
    """For browsers, which cannot send headers with a WebSocket or an EventSource. It works once."""
    tickets: Tickets = request.app.state.tickets
    return Ticket(ticket=await tickets.issue(who.user), expires_in=int(LASTS.total_seconds()))


@router.get("/realtime/events", response_class=EventSourceResponse, responses=STREAM)
async def all_events(stream: Open) -> EventSourceResponse:
    """Everything about your jobs, as it happens. Resume with `Last-Event-ID` or `?after=`."""
    return await stream.events()


@router.get("/jobs/{job_id}/events", response_class=EventSourceResponse, responses=STREAM)
async def job_events(job_id: UUID, stream: Open) -> EventSourceResponse:
    """Everything about one job. Without a last message it begins with the job as it is now."""
    return await stream.events(str(job_id))


@router.get("/projects/{project_id}/jobs/{job_id}/events", response_class=EventSourceResponse, responses=STREAM)
async def project_job_events(project_id: UUID, job_id: UUID, stream: Open) -> EventSourceResponse:
    return await stream.events(str(job_id), str(project_id))


async def socket(websocket: WebSocket, who: Caller, job: UUID | None, project: UUID | None, after: int | None) -> None:
    """A handshake for somebody else's job is refused with a problem."""
    sockets: Sockets = websocket.app.state.sockets
    if job:
        await sockets.streams.check(who.user, str(job), str(project) if project else None)
    await sockets.serve(websocket, who.user, str(job) if job else None, after)


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
