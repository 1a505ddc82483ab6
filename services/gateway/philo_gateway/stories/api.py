"""`/operator/jobs/{id}/story` on the wire."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from philo_gateway.letters.api import Credentials
from philo_gateway.stories.gathering import Stories, gathered, judged, told
from philo_gateway.stories.neighbour import Source
from philo_kernel.http.problems import NotFound
from philo_kernel.replay.story import Away, Story
from philo_kernel.replay.story_route import PREFIX
from philo_kernel.replay.story_verdict import Verdict

router = APIRouter(prefix=PREFIX, tags=["operation"])

NO_STORY = "No service has ever said anything of such a job. `GET /api/v1/jobs` lists those of a user."


class Differences(BaseModel):
    """Every state that a service keeps of a job, held against the facts. `away` are services that did not answer: what they
    keep was not looked at, and what follows from their facts may seem to differ."""

    job: str
    agree: bool = Field(description="Whether every state is what the facts say.")
    verdicts: list[Verdict]
    away: list[Away]


def sources_of(request: Request, credentials: Credentials) -> list[Source]:
    stories: Stories = request.app.state.stories
    return stories.sources(credentials)


Sources = Annotated[list[Source], Depends(sources_of)]


@router.get("/{job_id}/story")
async def read_story(job_id: UUID, sources: Sources) -> Story:
    """Who said what of a job, when, because of what, and how long it waited and worked; what waits, and what is parked.
    Causes come before their effects, whatever clocks say. For operators."""
    job = str(job_id)
    story = told(await gathered(sources, job), job)
    if not story.moments:
        raise NotFound(NO_STORY)
    return story


@router.get("/{job_id}/story/differences")
async def read_differences(job_id: UUID, sources: Sources) -> Differences:
    """Where what a service keeps of a job is not what the facts say. For operators."""
    job = str(job_id)
    verdicts, away = await judged(sources, job)
    if not any(verdict.facts for verdict in verdicts):
        raise NotFound(NO_STORY)
    agree = all(verdict.standing not in {"differs", "unreadable"} for verdict in verdicts)
    return Differences(job=job, agree=agree, verdicts=verdicts, away=away)
