"""The job on the wire: what `GET /jobs/{id}` answers and what every live message carries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from philo_contracts.job import Job, ModerationState, SceneState, Stage, Status, Step
from philo_contracts.shapes import Cost, Fault, Priority, Value, VideoConfig

API = "/api/v1"


class SceneResource(Value):
    id: str
    index: int
    revision: int
    status: str
    voice: Step
    picture: Step
    drawn: Step
    provider: str | None
    title: str
    narration: str
    visual_prompt: str
    mood: str
    language: str
    speaker: str | None
    speed: int | None
    duration: float | None
    thumbnail_url: str | None
    redraw_job_id: str | None


class SubtitleLinks(Value):
    srt: str
    vtt: str


class ResultResource(Value):
    """What there is of the film, part by part: it can be watched from its first finished scene on.

    Signed links need no credentials and expire; they are only in answers to a request, never in live messages.
    """

    revision: int
    output_url: str | None = None
    signed_url: str | None = None
    signed_url_expires_at: datetime | None = None
    preview_url: str | None = None
    signed_preview_url: str | None = None
    poster_url: str | None = None
    subtitles: SubtitleLinks | None = None
    duration: float | None = None
    width: int | None = None
    height: int | None = None
    fps: int | None = None
    size_bytes: int | None = None


class JobResource(Value):
    id: str
    kind: str
    status: Status
    progress: int
    version: int
    user_id: str
    project_id: str | None
    session_id: str | None
    parent_id: str | None
    title: str | None
    prompt: str | None
    script: str | None
    language: str | None
    config: VideoConfig
    metadata: dict[str, Any]
    priority: Priority
    attempts: int
    max_retries: int
    retry_delay_seconds: float
    moderation: ModerationState
    cost: Cost
    provider: str | None
    model: str | None
    generation_time_ms: int | None
    error: Fault | None
    warnings: tuple[str, ...]
    stages: tuple[Stage, ...]
    scenes: tuple[SceneResource, ...]
    result: ResultResource | None
    trace_id: str | None = Field(
        description="The trace in which it is made, in logs and in Jaeger (W3C Trace Context)."
    )
    created_at: datetime | None
    updated_at: datetime | None
    started_at: datetime | None
    completed_at: datetime | None


SAME = frozenset(JobResource.model_fields) - {"scenes", "result"}
SAME_SCENE = frozenset(SceneResource.model_fields) - {"thumbnail_url"}


def shown(job: Job) -> JobResource:
    """The job as a client sees it; links are paths of the one origin."""
    base = f"{API}/jobs/{job.id}"
    scenes = tuple(scene_shown(scene, base) for scene in job.scenes)
    same = {name: getattr(job, name) for name in SAME}
    return JobResource.model_construct(**same, scenes=scenes, result=result_of(job, base))


def scene_shown(scene: SceneState, base: str) -> SceneResource:
    """`base` is the path of its job."""
    return SceneResource.model_construct(
        **{name: getattr(scene, name) for name in SAME_SCENE},
        thumbnail_url=f"{base}/scenes/{scene.id}/thumbnail" if scene.shown and scene.shown.thumbnail else None,
    )


def result_of(job: Job, base: str) -> ResultResource | None:
    film, preview = job.film, None
    if job.preview:
        preview = f"{base}/preview/{film.revision if film else 1}/index.m3u8"
    if film is None:
        return ResultResource(revision=1, preview_url=preview) if preview else None
    return ResultResource(
        revision=film.revision,
        output_url=f"{base}/output",
        preview_url=preview,
        poster_url=f"{base}/poster" if film.poster else None,
        subtitles=SubtitleLinks(srt=f"{base}/subtitles.srt", vtt=f"{base}/subtitles.vtt") if film.srt else None,
        size_bytes=film.video.size_bytes,
        **film.model_dump(include={"duration", "width", "height", "fps"}),
    )
