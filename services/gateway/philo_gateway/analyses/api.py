"""`/analyses` on the wire: read a script into scenes, look at them, and ask for the film of those (`POST /jobs`)."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from philo_contracts.shapes import MOST_SCENES, Heading, Language, Line, Mood
from philo_gateway.analyses.reading import Analyses
from philo_gateway.jobs.api import Reader
from philo_gateway.jobs.shapes import Script

router = APIRouter(prefix="/api/v1/analyses", tags=["analyses"])


class AnalysisRequest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    script: Script
    title: Line | None = None
    language: Language | None = Field(default=None, description="Found by its letters and words when unset.")
    scenes: int | None = Field(default=None, ge=1, le=MOST_SCENES, description="As many as the text has when unset.")


class ReadScene(BaseModel):
    """A scene as `POST /jobs` takes it in its `scenes`."""

    title: str
    narration: str
    visual_prompt: str
    mood: Mood
    tags: tuple[str, ...]
    chapter: Heading | None
    strip: Heading | None


class AnalysisResource(BaseModel):
    """A script understood: its scenes in order, whose narrations are its words."""

    title: str
    summary: str
    language: str
    characters: tuple[str, ...]
    themes: tuple[str, ...]
    scenes: tuple[ReadScene, ...]


def analyses_of(request: Request) -> Analyses:
    analyses: Analyses = request.app.state.analyses
    return analyses


@router.post("")
async def analyze_script(
    wish: AnalysisRequest, who: Reader, analyses: Annotated[Analyses, Depends(analyses_of)]
) -> AnalysisResource:
    """Read a script into scenes. Nothing is stored, and nobody is paid for it: Philo reads it itself, a few at once."""
    told = {"kind": "script", "text": wish.script, **wish.model_dump(exclude={"script"}, mode="json")}
    return AnalysisResource.model_validate_json(await analyses.read(who.user, told))
