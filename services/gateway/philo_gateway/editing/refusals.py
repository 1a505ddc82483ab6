"""When a film cannot be edited, and the words that help then."""

from __future__ import annotations

from philo_contracts.job import Film, Job, SceneState
from philo_kernel.http.problems import Conflict, NotFound
from philo_kernel.http.versions import not_stale, tag_of

NOTHING_CHANGES = "The scene is like that already. Send what shall be otherwise."
NO_SCENE = "The film has no scene with this id. `GET /api/v1/jobs/{id}` lists its scenes."
NO_TAKE = "There is no such take of this scene. `GET …/takes` lists them."
NO_REVISION = "The film has no such revision. `GET /api/v1/jobs/{id}/revisions` lists them."
UNPLANNED = "Its text has not been understood, so there are no scenes to make another film of. Ask for it anew."
NOT_FINISHED = "Only a finished film can be changed or exported; this job is {status}."
AN_EXPORT = "This is an export; work with the film that it was made of, job {parent}."
AN_EDIT = "This job is an edit itself. Edit the film that it belongs to, job {parent}."
RUNNING = "Scene {scene} is being redrawn by job {child}. Wait until that is done, or cancel it."
UNTRANSLATED = "A film in another language needs its words: send `scenes` with the narration of every scene in it."
OTHER_COUNT = "A fork keeps its scenes, so it keeps their number."
BEHIND_THE_END = "The film ends before this."
TOO_LONG = "A film has at most 100,000 characters. Make this scene, or another one, shorter."
WHICH_VERSION = "Read the scene first and send its ETag as If-Match, so that nobody's change is lost."
NO_ASSETS = "This API key lacks the scope assets:read, so it cannot put an asset into a scene. Create one that has it."
CHANGED = "The scene was changed meanwhile. Read it again and repeat your change."


def film_of(job: Job) -> Film:
    """Raises `Conflict` unless the job has made a film."""
    if job.kind == "export":
        raise Conflict(AN_EXPORT.format(parent=job.parent_id))
    if job.film is None:
        raise Conflict(NOT_FINISHED.format(status=job.status.value))
    return job.film


def editable(job: Job) -> None:
    """Raises `Conflict` unless it is a finished film that is no edit of another."""
    if job.kind == "scene_edit":
        raise Conflict(AN_EDIT.format(parent=job.parent_id))
    film_of(job)


def scene_of(job: Job, scene: str) -> SceneState:
    found = job.scene(scene)
    if found is None:
        raise NotFound(NO_SCENE)
    return found


def etag_of(scene: SceneState) -> str:
    return tag_of(scene.revision)


def unchanged_since(scene: SceneState, if_match: str | None) -> None:
    """Raises `PreconditionRequired`, or `PreconditionFailed` when another revision was read."""
    not_stale(if_match, etag_of(scene), missing=WHICH_VERSION, stale=CHANGED)


def at_rest(job: Job) -> None:
    """One edit at a time: each is made of the whole film, so that of two at once one would undo the other."""
    running = next((scene for scene in job.scenes if scene.redraw_job_id), None)
    if running:
        raise Conflict(RUNNING.format(scene=running.id, child=running.redraw_job_id))
