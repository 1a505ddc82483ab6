"""Playlists on the wire: with credentials, or by a signed address for players that send no headers."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Request, Response

from philo_contracts.job import Job
from philo_gateway.jobs.api import Reader, Signing
from philo_gateway.media.api import ANYWHERE
from philo_gateway.media.links import BadLink, Links
from philo_gateway.preview.find import Previews
from philo_gateway.preview.playlist import MEDIA_TYPE, playlist
from philo_kernel.http.problems import NotFound

router = APIRouter(tags=["preview"])
DAMAGED = "This link has expired or is damaged. Ask the job for a new one."


class Playlist(Response):
    media_type = MEDIA_TYPE


def previews_of(request: Request) -> Previews:
    previews: Previews = request.app.state.previews
    return previews


Finding = Annotated[Previews, Depends(previews_of)]


def played(job: Job, links: Links, until: datetime) -> Playlist:
    """Everything in it is signed until the same moment, so that what a player has read stays as it was."""
    text = playlist(job, datetime.now(UTC), lambda blob: links.sign(blob, until=until)[0])
    return Playlist(text, headers={"Cache-Control": "no-store"} | ANYWHERE)


@router.head("/api/v1/jobs/{job_id}/preview/{revision}/index.m3u8", include_in_schema=False)
@router.get("/api/v1/jobs/{job_id}/preview/{revision}/index.m3u8", response_class=Playlist)
async def read_preview(
    job_id: UUID, revision: Annotated[int, Path(ge=1)], who: Reader, previews: Finding, links: Signing
) -> Playlist:
    """The film as far as it can be watched without a gap: HLS with fMP4 parts, which grows until the film is done."""
    return played(await previews.find(who.user, str(job_id), revision), links, links.steady())


@router.head("/media/preview/{token}/index.m3u8", include_in_schema=False)
@router.get("/media/preview/{token}/index.m3u8", response_class=Playlist)
async def read_signed_preview(token: str, previews: Finding, links: Signing) -> Playlist:
    """The same for whoever holds the link."""
    try:
        link = links.opened_preview(token)
    except BadLink as error:
        raise NotFound(DAMAGED) from error
    return played(await previews.find(None, link.job, link.revision), links, link.until)
