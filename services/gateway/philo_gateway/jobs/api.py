"""`/jobs` on the wire."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.responses import RedirectResponse

from philo_contracts.job import Job, Status
from philo_contracts.resource import JobResource, shown
from philo_contracts.shapes import Blob
from philo_gateway.assets.brought import allowed_for
from philo_gateway.jobs.files import filename_of
from philo_gateway.jobs.history import told
from philo_gateway.jobs.requests import Jobs
from philo_gateway.jobs.shapes import HistoryLine, JobRequest
from philo_gateway.media.links import Links
from philo_kernel.http.idempotency import Creating
from philo_kernel.http.identity import Caller, allowed
from philo_kernel.http.pages import Page, PageRequest, page, page_request
from philo_kernel.http.problems import NotFound
from philo_kernel.http.versions import UNCHANGED, IfNoneMatch, known, tag_of_content

router = APIRouter(prefix="/api/v1/jobs", tags=["jobs"], route_class=Creating)

Reader = Annotated[Caller, Depends(allowed("jobs:read"))]
Writer = Annotated[Caller, Depends(allowed("jobs:write"))]
Wanted = Annotated[PageRequest, Depends(page_request)]


def jobs_of(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs


def links_of(request: Request) -> Links:
    links: Links = request.app.state.links
    return links


Commands = Annotated[Jobs, Depends(jobs_of)]
Signing = Annotated[Links, Depends(links_of)]


def signed(job: Job, links: Links) -> JobResource:
    """The job with links that need no credentials for a while."""
    resource = shown(job)
    if resource.result is None:
        return resource
    change: dict[str, Any] = {}
    if resource.result.preview_url:
        change["signed_preview_url"] = links.sign_preview(job.id, resource.result.revision)
    if job.film:
        url, expires = links.sign(job.film.video, filename=filename_of(job, job.film.video))
        change |= {"signed_url": url, "signed_url_expires_at": expires}
    return resource.model_copy(update={"result": resource.result.model_copy(update=change)})


def tag_of_job(job: Job, links: Links) -> str:
    """Of all it says but for signatures, which are others each time; what expires is told anew in good time."""
    return tag_of_content(f"{links.half_lives()}{shown(job).model_dump_json()}".encode())


@router.post("", status_code=202)
async def request_job(wish: JobRequest, who: Writer, jobs: Commands, response: Response) -> JobResource:
    """Ask for a film. It is made in the background; watch it at its events."""
    allowed_for(who, wish.config, shown=[scene.picture_asset_id for scene in wish.scenes or ()])
    job = await jobs.request(who.user, wish)
    response.headers["Location"] = f"/api/v1/jobs/{job.id}"
    return shown(job)


@router.get("")
async def list_jobs(
    who: Reader,
    jobs: Commands,
    links: Signing,
    wanted: Wanted,
    status: Annotated[list[Status] | None, Query(description="May repeat.")] = None,
    kind: Annotated[list[str] | None, Query(description="May repeat.")] = None,
    project: UUID | None = None,
) -> Page[JobResource]:
    """Your jobs, newest first, without their scripts: `GET /jobs/{job_id}` has them."""
    found = await jobs.listed(who.user, wanted, status or [], str(project) if project else None, kind or [])
    return page(found, wanted, place=lambda job: (job.id,), shown=lambda job: signed(job, links))


@router.get("/{job_id}", response_model=JobResource, responses=UNCHANGED)
async def read_job(
    job_id: UUID,
    who: Reader,
    jobs: Commands,
    links: Signing,
    response: Response,
    if_none_match: IfNoneMatch = None,
    at_version: Annotated[
        int | None, Query(ge=1, description="The job as it was after this many of its events.")
    ] = None,
) -> JobResource | Response:
    if at_version is not None:
        return signed(await jobs.at(who.user, str(job_id), at_version), links)
    job = await jobs.one(who.user, str(job_id))
    tag = response.headers["ETag"] = tag_of_job(job, links)
    return known(if_none_match, tag) or signed(job, links)


@router.delete("/{job_id}", status_code=202)
async def cancel_job(job_id: UUID, who: Writer, jobs: Commands) -> JobResource:
    """Stop it: what is queued is dropped, what runs is stopped."""
    return shown(await jobs.cancel(who.user, str(job_id), "cancelled by its owner"))


@router.post("/{job_id}/retry", status_code=202)
async def retry_job(job_id: UUID, who: Writer, jobs: Commands, response: Response) -> JobResource:
    """Try once more what has failed. It goes on from what is done already, and repeats no call that was paid for."""
    response.headers["Location"] = f"/api/v1/jobs/{job_id}"
    return shown(await jobs.retry(who.user, str(job_id)))


@router.get("/{job_id}/history")
async def read_history(job_id: UUID, who: Reader, jobs: Commands) -> list[HistoryLine]:
    """The whole story of the job, one line an event."""
    return list(told(await jobs.story(who.user, str(job_id))))


def to(blob: Blob | None, links: Links, filename: str | None = None) -> RedirectResponse:
    if blob is None:
        raise NotFound("It is not there yet. Watch the job's events; they tell when it is ready.")
    return RedirectResponse(links.sign(blob, filename=filename)[0], status_code=302)


@router.head("/{job_id}/output", include_in_schema=False)
@router.get("/{job_id}/output", status_code=302, response_class=RedirectResponse)
async def read_output(job_id: UUID, who: Reader, jobs: Commands, links: Signing) -> RedirectResponse:
    """The film, or the file of an export: redirects to a signed address."""
    job = await jobs.one(who.user, str(job_id))
    return to(job.film.video, links, filename_of(job, job.film.video)) if job.film else to(None, links)


@router.head("/{job_id}/poster", include_in_schema=False)
@router.get("/{job_id}/poster", status_code=302, response_class=RedirectResponse)
async def read_poster(job_id: UUID, who: Reader, jobs: Commands, links: Signing) -> RedirectResponse:
    job = await jobs.one(who.user, str(job_id))
    return to(job.film.poster if job.film else None, links)


@router.head("/{job_id}/subtitles.{form}", include_in_schema=False)
@router.get("/{job_id}/subtitles.{form}", status_code=302, response_class=RedirectResponse)
async def read_subtitles(job_id: UUID, form: str, who: Reader, jobs: Commands, links: Signing) -> RedirectResponse:
    """`srt` or `vtt`."""
    film = (await jobs.one(who.user, str(job_id))).film
    if form not in {"srt", "vtt"}:
        raise NotFound("Subtitles are there as subtitles.srt and subtitles.vtt.")
    return to({"srt": film.srt, "vtt": film.vtt}[form] if film else None, links)


@router.head("/{job_id}/scenes/{scene_id}/thumbnail", include_in_schema=False)
@router.get("/{job_id}/scenes/{scene_id}/thumbnail", status_code=302, response_class=RedirectResponse)
async def read_thumbnail(job_id: UUID, scene_id: str, who: Reader, jobs: Commands, links: Signing) -> RedirectResponse:
    scene = (await jobs.one(who.user, str(job_id))).scene(scene_id)
    return to(scene.shown.thumbnail if scene and scene.shown else None, links)
