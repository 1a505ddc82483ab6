"""The process manager of a job: what it decides when a service says something. Pure.

Topics overtake each other, so a fact may come before the one it builds on. It is then early: kept, and decided again
after each later fact of the job. Repeats and facts of a job that has ended decide nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from philo_contracts.events import (
    AnalysisFailed,
    AudioSynthesized,
    Event,
    FrameRendered,
    JobCancelled,
    JobCompleted,
    JobFailed,
    JobModerating,
    JobPlanned,
    JobRefused,
    JobRetried,
    JobStarted,
    ModerationStarted,
    MusicAdded,
    MusicComposed,
    PictureMade,
    PreviewExtended,
    PreviewGrew,
    RenderFailed,
    SceneDrawn,
    ScenePainted,
    SceneProgressed,
    SceneRendered,
    SceneVoiced,
    ScriptAnalyzed,
    ScriptApproved,
    ScriptRejected,
    SynthesisFailed,
    VideoExported,
    VideoRendered,
)
from philo_contracts.evolution import TRANSITIONS
from philo_contracts.job import FINAL, Job, SceneState, Status
from philo_contracts.shapes import Fault, Moderation

OfScene = AudioSynthesized | PictureMade | FrameRendered | SceneRendered
DONE = (AudioSynthesized, PictureMade, SceneRendered, MusicComposed, PreviewExtended, VideoRendered, VideoExported)
Failure = AnalysisFailed | SynthesisFailed | RenderFailed
HEARD = (
    ModerationStarted,
    ScriptApproved,
    ScriptRejected,
    ScriptAnalyzed,
    AudioSynthesized,
    MusicComposed,
    PictureMade,
)
SEEN = (
    FrameRendered,
    SceneRendered,
    PreviewExtended,
    VideoRendered,
    VideoExported,
    AnalysisFailed,
    SynthesisFailed,
    RenderFailed,
)


STANDS_STILL = (
    "Nothing was heard of this job for too long, so it was given up. What is finished is kept: retry it, and if that "
    "does not help, ask an operator to look at the services and their dead letters."
)


class Early(Exception):
    """What this fact builds on has not been heard yet."""


class NotRetryable(Exception):
    """The job has not failed; there is nothing to try once more."""


class NotCancellable(Exception):
    """The job has ended; there is nothing to stop."""


def decide(job: Job, fact: Event) -> Iterator[Event]:
    """The job's own facts that follow from a fact of another service. Raises `Early`."""
    if job.status is Status.FAILED and finished(job, fact):
        raise Early  # it counts when the job is retried
    if job.status in FINAL and not late_part(job, fact):
        return
    match fact:
        case ModerationStarted() | ScriptApproved() | ScriptRejected() | ScriptAnalyzed():
            yield from on_reading(job, fact)
        case AudioSynthesized() | PictureMade() | FrameRendered() | SceneRendered():
            yield from on_scene(job, fact)
        case MusicComposed() if not job.music_ready:
            planned(job)
            yield MusicAdded(job=job.id, duration=fact.duration)
        case PreviewExtended():
            yield from on_preview(job, fact)
        case VideoRendered():
            yield from on_film(job, fact)
        case VideoExported():
            told = fact.model_dump(exclude={"file"})
            yield JobCompleted.model_validate(told | {"video": fact.file})
        case AnalysisFailed() | SynthesisFailed() | RenderFailed():
            yield from on_failure(job, fact)


def on_reading(job: Job, fact: ModerationStarted | ScriptApproved | ScriptRejected | ScriptAnalyzed) -> Iterator[Event]:
    match fact:
        case ModerationStarted() if job.status is Status.QUEUED:
            yield JobModerating(job=job.id)
        case ScriptApproved() if job.status is Status.MODERATING:
            yield JobStarted(job=job.id, moderation=fact.moderation)
        case ScriptRejected() if job.status is Status.MODERATING:
            yield JobRefused(job=job.id, moderation=fact.moderation, fault=fact.fault)
        case ScriptAnalyzed() if job.status is Status.PROCESSING and not job.scenes:
            yield JobPlanned(
                job=job.id,
                title=fact.title,
                summary=fact.summary,
                language=fact.language,
                mood=fact.mood,
                scenes=fact.scenes,
                provider=fact.provider,
                model=fact.model,
            )


def on_scene(job: Job, fact: OfScene) -> Iterator[Event]:
    if fact.progress and not job.scenes:
        return  # mere news are not worth keeping
    planned(job)
    scene = job.scene(fact.scene)
    if scene is None or scene.revision != fact.revision:
        return
    name, revision = fact.scene, fact.revision
    match fact:
        case AudioSynthesized() if scene.voice != "ready":
            yield SceneVoiced(job=job.id, scene=name, revision=revision, duration=fact.duration, provider=fact.provider)
        case PictureMade() if scene.picture != "ready":
            yield ScenePainted(job=job.id, scene=name, revision=revision, shown=fact.shown, provider=fact.provider)
        case FrameRendered() if news(scene, fact):
            yield SceneProgressed(job=job.id, scene=name, revision=revision, done=fact.done, total=fact.total)
        case SceneRendered() if scene.drawn != "ready":
            yield SceneDrawn(job=job.id, scene=name, revision=revision, duration=fact.duration)


def on_preview(job: Job, fact: PreviewExtended) -> Iterator[Event]:
    """Parts come in any order; the preview grows by the next one only."""
    planned(job)
    scene = job.scene(fact.scene)
    if scene is None or scene.revision != fact.revision or fact.index < len(job.preview):
        return
    if fact.index > len(job.preview):
        raise Early
    yield PreviewGrew(job=job.id, scene=fact.scene, init=fact.init, part=fact.part, duration=fact.duration)


def finished(job: Job, fact: Event) -> bool:
    """Something is done and stays so, whatever becomes of the job."""
    return isinstance(fact, DONE) or (isinstance(fact, ScriptAnalyzed) and not job.scenes)


def late_part(job: Job, fact: Event) -> bool:
    """A film may be joined before the last part of its preview is told."""
    return job.status is Status.COMPLETED and isinstance(fact, PreviewExtended)


def on_film(job: Job, fact: VideoRendered) -> Iterator[Event]:
    planned(job)
    if not all(scene.voice == scene.picture == scene.drawn == "ready" for scene in job.scenes):
        raise Early
    yield JobCompleted.model_validate(fact.model_dump())


def on_failure(job: Job, fact: Failure) -> Iterator[Event]:
    """Before its words were approved a job can only be refused; a text that could not be judged has no score.

    A failure of an attempt that is over says nothing about the one that is on.
    """
    if fact.fault.attempt < job.attempts:
        return
    if job.status is Status.PROCESSING:
        yield JobFailed(job=job.id, fault=fact.fault)
    elif isinstance(fact, AnalysisFailed):
        if job.status is Status.QUEUED:
            yield JobModerating(job=job.id)
        yield JobRefused(job=job.id, moderation=Moderation(score=0), fault=fact.fault)
    else:
        raise Early


def planned(job: Job) -> None:
    if not job.scenes:
        raise Early


def news(scene: SceneState, fact: FrameRendered) -> bool:
    return scene.drawn != "ready" and fact.done / max(1, fact.total) > scene.drawn_share


def retry(job: Job, reason: str) -> Iterator[Event]:
    """Its words were approved before it failed, so the work begins at once. Raises `NotRetryable`."""
    if job.status not in TRANSITIONS[JobRetried][0]:
        raise NotRetryable(f"the job is {job.status.value}")
    yield JobRetried(job=job.id, attempt=job.attempts + 1, reason=reason)
    yield JobModerating(job=job.id)
    approved = job.moderation
    yield JobStarted(job=job.id, moderation=Moderation(score=approved.score or 0, categories=approved.categories))


def overdue(job: Job, now: datetime, limit: timedelta) -> Iterator[Event]:
    """What becomes of a job of which nothing was heard for so long. What waits for its turn may wait."""
    if job.updated_at is None or now - job.updated_at < limit:
        return
    fault = Fault(code="took_too_long", message=STANDS_STILL, retryable=True, attempt=max(1, job.attempts))
    if job.status is Status.PROCESSING:
        yield JobFailed(job=job.id, fault=fault)
    elif job.status is Status.MODERATING:
        yield JobRefused(job=job.id, moderation=Moderation(score=0), fault=fault)


def cancel(job: Job, reason: str) -> JobCancelled:
    """Raises `NotCancellable`."""
    if job.status not in TRANSITIONS[JobCancelled][0]:
        raise NotCancellable(f"the job is {job.status.value}")
    return JobCancelled(job=job.id, reason=reason)
