"""What a client sends about a session, and what it is told."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints

from philo_contracts.job import Status
from philo_contracts.resource import SceneResource
from philo_contracts.shapes import Value
from philo_gateway.spelling import Spelled

SessionId = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$"),
    Field(description="Your own name for it: letters, digits and `._:-`.", examples=["lesson-7"]),
]
Prompt = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000)]
Moment = Annotated[
    AwareDatetime | None,
    Field(description="When it was signed: RFC 3339, or seconds since 1970. Needed with a signature, and part of it."),
]


For = Annotated[
    str | None,
    Field(max_length=200, description="Whom you make it for, in your own words. It stays yours."),
]


class GenerateRequest(Spelled):
    """A film for a session. A session that is not known begins with it."""

    project_id: UUID | None = None
    session_id: SessionId
    scene_count: int = Field(ge=1, le=40)
    prompt: Prompt
    user_id: For = None
    timestamp: Moment = None


class EditRequest(Spelled):
    """Another picture for a scene of the session's film; with `narration`, other words as well."""

    project_id: UUID | None = None
    session_id: SessionId
    scene_id: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    prompt: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000)]
    narration: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5_000)] | None = None
    user_id: For = None
    timestamp: Moment = None


class Begun(Value):
    """Work was accepted; `GET /jobs/{job_id}` tells how far it is."""

    job_id: str
    status: Status
    session_id: str


class SessionResource(Value):
    """`jobs` are its films, newest first; `scenes` are those of the newest one that has any."""

    id: str
    project_id: str | None
    created_at: datetime
    jobs: list[str]
    scenes: list[SceneResource]
