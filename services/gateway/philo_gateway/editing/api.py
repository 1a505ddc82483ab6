"""Editing on the wire: scenes, takes, revisions, forks and exports of a film."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from philo_contracts.job import Job
from philo_contracts.resource import API, JobResource, SceneResource, scene_shown, shown
from philo_gateway.assets.brought import allowed_for
from philo_gateway.editing.refusals import NO_ASSETS, NO_REVISION, NO_TAKE, etag_of, scene_of
from philo_gateway.editing.requests import Edits
from philo_gateway.editing.shapes import ExportRequest, ForkRequest, RevisionResource, SceneEdit, TakeResource
from philo_gateway.editing.takes import Revision, Taken, revisions, takes
from philo_gateway.jobs.api import Commands, Reader, Signing, Writer, to
from philo_gateway.jobs.files import filename_of
from philo_gateway.media.links import Links
from philo_kernel.http.idempotency import Creating
from philo_kernel.http.problems import Forbidden, NotFound
from philo_kernel.http.versions import IfMatch

router = APIRouter(prefix="/api/v1/jobs/{job_id}", tags=["editing"], route_class=Creating)


def edits_of(request: Request) -> Edits:
    edits: Edits = request.app.state.edits
    return edits


Making = Annotated[Edits, Depends(edits_of)]


def accepted(job: Job, response: Response) -> JobResource:
    response.headers["Location"] = f"{API}/jobs/{job.id}"
    return shown(job)


@router.get("/scenes/{scene_id}")
async def read_scene(job_id: UUID, scene_id: str, who: Reader, jobs: Commands, response: Response) -> SceneResource:
    """A scene, with the ETag that a change of it needs."""
    scene = scene_of(await jobs.one(who.user, str(job_id)), scene_id)
    response.headers["ETag"] = etag_of(scene)
    return scene_shown(scene, f"{API}/jobs/{job_id}")


@router.patch("/scenes/{scene_id}", status_code=202)
async def edit_scene(
    job_id: UUID,
    scene_id: str,
    wish: SceneEdit,
    who: Writer,
    edits: Making,
    response: Response,
    if_match: IfMatch = None,
) -> JobResource:
    """Make a scene of a finished film otherwise. `If-Match` must carry the ETag of the scene that was read.

    The answer is the job that does it; the film stays as it is until that one is done, and has a revision more then.
    """
    if wish.picture_asset_id and not who.may("assets:read"):
        raise Forbidden(NO_ASSETS)
    return accepted(await edits.edit(who.user, str(job_id), scene_id, wish, if_match), response)


@router.get("/scenes/{scene_id}/takes")
async def list_takes(job_id: UUID, scene_id: str, who: Reader, jobs: Commands) -> list[TakeResource]:
    """What this scene was in the film's revisions, the first one first."""
    scene = scene_of(await jobs.one(who.user, str(job_id)), scene_id)
    story = await jobs.story(who.user, str(job_id))
    return [take_shown(take, f"{API}/jobs/{job_id}", scene.revision) for take in takes(story, scene_id)]


@router.head("/scenes/{scene_id}/takes/{take}/thumbnail", include_in_schema=False)
@router.get("/scenes/{scene_id}/takes/{take}/thumbnail", status_code=302, response_class=RedirectResponse)
async def read_take_thumbnail(
    job_id: UUID, scene_id: str, take: int, who: Reader, jobs: Commands, links: Signing
) -> RedirectResponse:
    story = await jobs.story(who.user, str(job_id))
    scene = next((one.scene for one in takes(story, scene_id) if one.scene.revision == take), None)
    if scene is None:
        raise NotFound(NO_TAKE)
    return to(scene.shown.thumbnail if scene.shown else None, links)


@router.post("/scenes/{scene_id}/takes/{take}/restore", status_code=202)
async def restore_take(
    job_id: UUID, scene_id: str, take: int, who: Writer, edits: Making, response: Response
) -> JobResource:
    """Make the film with an earlier take of this scene. Nothing is drawn or spoken for it: all is found again."""
    return accepted(await edits.restore(who.user, str(job_id), scene_id, take), response)


@router.get("/revisions")
async def list_revisions(job_id: UUID, who: Reader, jobs: Commands, links: Signing) -> list[RevisionResource]:
    """Every film that this job has been, the first one first. Each can still be watched."""
    found = list(revisions(await jobs.story(who.user, str(job_id))))
    return [revision_shown(one, links, current=one is found[-1]) for one in found]


@router.head("/revisions/{revision}/output", include_in_schema=False)
@router.get("/revisions/{revision}/output", status_code=302, response_class=RedirectResponse)
async def read_revision(job_id: UUID, revision: int, who: Reader, jobs: Commands, links: Signing) -> RedirectResponse:
    """The film as it was: redirects to a signed address."""
    story = await jobs.story(who.user, str(job_id))
    one = next((one for one in revisions(story) if one.film.revision == revision), None)
    if one is None:
        raise NotFound(NO_REVISION)
    return to(one.film.video, links, filename_of(one.job, one.film.video))


@router.post("/fork", status_code=202)
async def fork_film(job_id: UUID, wish: ForkRequest, who: Writer, edits: Making, response: Response) -> JobResource:
    """Another film of the same scenes: in another voice or shape, or in the words of another language. What does not
    change is not made again."""
    allowed_for(who, wish.config)
    return accepted(await edits.fork(who.user, str(job_id), wish), response)


@router.post("/exports", status_code=202)
async def export_film(job_id: UUID, wish: ExportRequest, who: Writer, edits: Making, response: Response) -> JobResource:
    """The film as WebM or GIF. The answer is the job that does it; its `output` is the file."""
    return accepted(await edits.export(who.user, str(job_id), wish), response)


def take_shown(take: Taken, base: str, current: int) -> TakeResource:
    scene = take.scene
    place = f"{base}/scenes/{scene.id}/takes/{scene.revision}/thumbnail"
    return TakeResource(
        take=scene.revision,
        voice=scene.speaker,
        thumbnail_url=place if scene.shown and scene.shown.thumbnail else None,
        created_at=take.at,
        current=scene.revision == current,
        **scene.model_dump(include={"title", "narration", "visual_prompt", "speed", "duration"}),
    )


def revision_shown(one: Revision, links: Links, *, current: bool) -> RevisionResource:
    film, base = one.film, f"{API}/jobs/{one.job.id}"
    url, expires = links.sign(film.video, filename=filename_of(one.job, film.video))
    return RevisionResource(
        job_id=film.made_by or one.job.id,
        created_at=one.at,
        current=current,
        output_url=f"{base}/revisions/{film.revision}/output",
        signed_url=url,
        signed_url_expires_at=expires,
        preview_url=f"{base}/preview/{film.revision}/index.m3u8" if one.job.preview else None,
        size_bytes=film.video.size_bytes,
        **film.model_dump(include={"revision", "duration", "width", "height", "fps"}),
    )
