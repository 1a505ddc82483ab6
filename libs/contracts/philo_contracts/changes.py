"""What each fact changes in a job's fields, beside its status."""

from __future__ import annotations

from datetime import datetime
from functools import singledispatch
from typing import Any

from philo_contracts.events import (
    CostRecorded,
    Event,
    FilmRevised,
    JobCancelled,
    JobCompleted,
    JobFailed,
    JobModerating,
    JobPlanned,
    JobRefused,
    JobRequested,
    JobRetried,
    JobStarted,
    ModerationOverruled,
    MusicAdded,
    PreviewGrew,
    SceneDrawn,
    ScenePainted,
    SceneProgressed,
    SceneRedrawAbandoned,
    SceneRedrawStarted,
    SceneVoiced,
)
from philo_contracts.job import Film, Job, ModerationState, PreviewPart, SceneState, Stage
from philo_contracts.shapes import Cost, Scene
from philo_contracts.stages import begin, done, reach, staged


@singledispatch
def told_by(fact: Event, job: Job, at: datetime) -> dict[str, Any]:  # noqa: ARG001 - the others need them
    """What changes in the job's fields beside its status."""
    return {}


@told_by.register
def _(fact: JobRequested, job: Job, at: datetime) -> dict[str, Any]:
    return {
        "id": fact.job,
        "kind": fact.kind,
        "user_id": fact.user,
        "project_id": fact.project,
        "session_id": fact.session,
        "title": fact.title,
        "prompt": fact.prompt,
        "script": fact.script,
        "config": fact.config,
        "brought": fact.brought,
        "metadata": fact.metadata,
        "priority": fact.priority,
        "max_retries": fact.max_retries,
        "retry_delay_seconds": fact.retry_delay_seconds,
        "parent_id": fact.parent,
        "origin": fact.plan.origin if fact.plan else None,
        "stages": (Stage(name="join", total=1),) if fact.export else job.stages,
        "cost": Cost(**fact.quote.model_dump()),
        "trace_id": fact.trace_id,
        "created_at": at,
    }


@told_by.register
def _(_fact: JobModerating, job: Job, at: datetime) -> dict[str, Any]:
    read = job.stages if job.scenes else staged(job, "read", begin(1, at))  # what was read is not read again
    return {"attempts": max(1, job.attempts), "started_at": at, "stages": read}


@told_by.register
def _(fact: JobRefused, job: Job, at: datetime) -> dict[str, Any]:
    # A text that could not be judged has no score, and is not called rejected.
    moderation = moderated(fact, "rejected") if fact.moderation.score else job.moderation
    return {"moderation": moderation, "error": fact.fault, "completed_at": at} | spent(job, at)


@told_by.register
def _(fact: JobStarted, _: Job, at: datetime) -> dict[str, Any]:  # noqa: ARG001
    return {"moderation": moderated(fact, "approved")}


@told_by.register
def _(fact: JobPlanned, job: Job, at: datetime) -> dict[str, Any]:
    stages = staged(job, "read", done(1, at))
    given = sum(scene.picture is not None for scene in fact.scenes)
    for name in ("speak", "paint", "draw"):
        stages = staged(job.model_copy(update={"stages": stages}), name, begin(len(fact.scenes), at))
    stages = staged(job.model_copy(update={"stages": stages}), "paint", reach(given, at))
    return {
        "title": job.title or fact.title,
        "summary": fact.summary,
        "mood": fact.mood,
        "language": fact.language,
        "provider": fact.provider,
        "model": fact.model,
        "scenes": tuple(planned(scene) for scene in fact.scenes),
        "stages": stages,
    }


def planned(scene: Scene) -> SceneState:
    """A scene nobody has spoken yet. A picture that was given is there already."""
    known = written(scene) | {"provider": "given" if scene.picture else None}
    return SceneState(status="working", voice="working", picture="ready" if scene.picture else "working", **known)


def written(scene: Scene) -> dict[str, Any]:
    """What a scene says of itself, as fields of its state."""
    words = ("title", "narration", "visual_prompt", "mood", "language", "tags", "speed", "chapter", "strip")
    same = {name: getattr(scene, name) for name in ("id", "index", "revision", *words)}
    return same | {"speaker": scene.voice, "shown": scene.picture}


@told_by.register
def _(fact: SceneVoiced, job: Job, at: datetime) -> dict[str, Any]:
    return on_scene(job, fact.scene, voice="ready", duration=fact.duration) | {
        "stages": staged(job, "speak", done(1, at))
    }


@told_by.register
def _(fact: ScenePainted, job: Job, at: datetime) -> dict[str, Any]:
    return on_scene(job, fact.scene, picture="ready", shown=fact.shown, provider=fact.provider) | {
        "stages": staged(job, "paint", done(1, at))
    }


@told_by.register
def _(fact: SceneProgressed, job: Job, at: datetime) -> dict[str, Any]:
    share = min(1.0, fact.done / max(1, fact.total))
    return drawn_so_far(job, on_scene(job, fact.scene, drawn="working", drawn_share=share), at)


@told_by.register
def _(fact: SceneDrawn, job: Job, at: datetime) -> dict[str, Any]:
    return drawn_so_far(job, on_scene(job, fact.scene, drawn="ready", drawn_share=1.0, status="rendered"), at)


def drawn_so_far(job: Job, change: dict[str, Any], at: datetime) -> dict[str, Any]:
    """The draw stage is the sum of its scenes; when all are drawn the join begins."""
    shares = [scene.drawn_share for scene in change["scenes"]]
    whole = all(scene.drawn == "ready" for scene in change["scenes"])
    stages = staged(job, "draw", reach(len(shares) if whole else sum(shares), at))
    return change | {
        "stages": staged(job.model_copy(update={"stages": stages}), "join", begin(1, at)) if whole else stages
    }


@told_by.register
def _(fact: PreviewGrew, job: Job, at: datetime) -> dict[str, Any]:  # noqa: ARG001
    part = PreviewPart.model_validate(fact.model_dump(exclude={"job"}))
    return {"preview": (*job.preview, part)}


@told_by.register
def _(_fact: MusicAdded, _: Job, at: datetime) -> dict[str, Any]:  # noqa: ARG001
    return {"music_ready": True}


@told_by.register
def _(fact: JobCompleted, job: Job, at: datetime) -> dict[str, Any]:
    film = Film.model_validate(fact.model_dump(exclude={"job", "warnings"}))
    stages = staged(job, "join", done(1, at))
    return {"film": film, "warnings": fact.warnings, "stages": stages, "completed_at": at} | spent(job, at)


@told_by.register
def _(fact: SceneRedrawStarted, job: Job, at: datetime) -> dict[str, Any]:  # noqa: ARG001
    return on_scene(job, fact.scene, status="redrawing", redraw_job_id=fact.child)


@told_by.register
def _(fact: SceneRedrawAbandoned, job: Job, at: datetime) -> dict[str, Any]:  # noqa: ARG001
    return on_scene(job, fact.scene, status="rendered", redraw_job_id=None)


@told_by.register
def _(fact: FilmRevised, job: Job, at: datetime) -> dict[str, Any]:  # noqa: ARG001
    film = Film.model_validate(fact.model_dump(exclude={"job", "child", "takes", "warnings"}) | {"made_by": fact.child})
    scenes = job.scenes
    for take in fact.takes:
        new = written(take.scene) | {"duration": take.duration, "provider": take.provider}
        new |= {"status": "rendered", "redraw_job_id": None}
        scenes = tuple(one.model_copy(update=new) if one.id == take.scene.id else one for one in scenes)
    return {"film": film, "scenes": scenes, "warnings": fact.warnings}


@told_by.register
def _(fact: JobFailed, job: Job, at: datetime) -> dict[str, Any]:
    broken = on_scene(job, fact.fault.scene_id, status="failed") if fact.fault.scene_id else {}
    return {"error": fact.fault, "completed_at": at} | broken | spent(job, at)


@told_by.register
def _(fact: JobRetried, job: Job, at: datetime) -> dict[str, Any]:  # noqa: ARG001
    again = (one.model_copy(update={"status": "working"}) if one.status == "failed" else one for one in job.scenes)
    return {
        "attempts": fact.attempt,
        "error": None,
        "started_at": None,
        "completed_at": None,
        "scenes": tuple(again),
    }


@told_by.register
def _(_fact: ModerationOverruled, job: Job, at: datetime) -> dict[str, Any]:  # noqa: ARG001
    return {"error": None, "started_at": None, "completed_at": None, "generation_time_ms": None}


@told_by.register
def _(fact: JobCancelled, job: Job, at: datetime) -> dict[str, Any]:  # noqa: ARG001
    return {"completed_at": at} | spent(job, at)


@told_by.register
def _(fact: CostRecorded, job: Job, at: datetime) -> dict[str, Any]:  # noqa: ARG001
    return {"cost": job.cost.model_copy(update=fact.model_dump(exclude={"job"}))}


def moderated(fact: JobRefused | JobStarted, status: str) -> ModerationState:
    return ModerationState.model_validate({"status": status, **fact.moderation.model_dump()})


def spent(job: Job, at: datetime) -> dict[str, Any]:
    """What it took to make, over all attempts; the rest between two of them is not counted."""
    if job.started_at is None or job.completed_at is not None:
        return {}
    return {"generation_time_ms": (job.generation_time_ms or 0) + round((at - job.started_at).total_seconds() * 1000)}


def on_scene(job: Job, scene: str, **change: object) -> dict[str, Any]:
    return {"scenes": tuple(one.model_copy(update=change) if one.id == scene else one for one in job.scenes)}
