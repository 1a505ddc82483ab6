"""`/jobs/generate`, `/jobs/edit` and `/sessions` on the wire."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from philo_contracts.job import Job
from philo_contracts.resource import API, scene_shown
from philo_contracts.shapes import VideoConfig
from philo_gateway.editing.shapes import SceneEdit
from philo_gateway.jobs.api import Reader
from philo_gateway.jobs.shapes import JobRequest
from philo_gateway.sessions.shapes import Begun, EditRequest, GenerateRequest, SessionId, SessionResource
from philo_gateway.sessions.work import Sessions
from philo_gateway.signed.callers import Asker, asking
from philo_kernel.http.idempotency import Creating

router = APIRouter(prefix=API, tags=["sessions"], route_class=Creating)


def sessions_of(request: Request) -> Sessions:
    sessions: Sessions = request.app.state.sessions
    return sessions


Working = Annotated[Sessions, Depends(sessions_of)]
Asking = Annotated[Asker, Depends(asking)]


@router.post("/jobs/generate", status_code=202)
async def generate(wish: GenerateRequest, who: Asking, sessions: Working, response: Response) -> Begun:
    """A film for a session, asked for with credentials or with a signature (`X-Webhook-Signature`, `X-Webhook-Key`)."""
    who.timely(wish.timestamp)
    same = {"prompt": wish.prompt, "project_id": wish.project_id, "user_id": wish.user_id}
    asked = JobRequest.model_validate(same | {"config": VideoConfig(scenes=wish.scene_count)})
    return begun(await sessions.generate(who.user, wish.session_id, asked, who.also), wish.session_id, response)


@router.post("/jobs/edit", status_code=202)
async def edit(wish: EditRequest, who: Asking, sessions: Working, response: Response) -> Begun:
    """Another picture for a scene of the session's film; its film stays as it is until the new one is done."""
    who.timely(wish.timestamp)
    change = SceneEdit.model_validate(
        {"visual_prompt": wish.prompt} | ({"narration": wish.narration} if wish.narration else {})
    )
    project = str(wish.project_id) if wish.project_id else None
    job = await sessions.edit(who.user, wish.session_id, project, wish.scene_id, change, who.also)
    return begun(job, wish.session_id, response)


@router.get("/sessions/{session_id}")
async def read_session(session_id: SessionId, who: Reader, sessions: Working) -> SessionResource:
    """Its films, and the scenes as they are now; what they were before is at the film's takes."""
    session, films = await sessions.read(who.user, session_id)
    shown = next((job for job in films if job.scenes), None)
    scenes = [scene_shown(scene, f"{API}/jobs/{shown.id}") for scene in shown.scenes] if shown else []
    return SessionResource(**session._asdict(), jobs=[job.id for job in films], scenes=scenes)


def begun(job: Job, session: str, response: Response) -> Begun:
    response.headers["Location"] = f"{API}/jobs/{job.id}"
    return Begun(job_id=job.id, status=job.status, session_id=session)
