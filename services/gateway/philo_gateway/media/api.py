"""`/media/<token>`: an object, or the part of it that was asked for, streamed and never whole in memory."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Header, Request, Response
from starlette.background import BackgroundTask
from starlette.responses import StreamingResponse

from philo_gateway.media.links import BadLink, Links
from philo_kernel.http.problems import NotFound, ServiceUnavailable
from philo_kernel.objects import MissingObject, S3Objects, pieces
from philo_kernel.work import Passing

router = APIRouter(tags=["media"])
RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$", re.ASCII | re.IGNORECASE)
"""One range. Several at once, or what is none, may be ignored (RFC 9110, 14.2): then the whole is served."""


ANYWHERE = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "Accept-Ranges, Content-Range"}
"""A link says itself who may read: no cookie and no header does, so that any page may hold a player for it."""


class Unsatisfiable(Exception):
    """The range lies outside the object."""


def part_of(asked: str | None, size: int) -> tuple[int, int] | None:
    """First and last byte of a single range (RFC 9110, 14.1.2); None for the whole. Raises `Unsatisfiable`."""
    match = RANGE.match(asked or "")
    if not match or not any(match.groups()):
        return None
    first, last = match.groups()
    start, end = (int(first), int(last or size - 1)) if first else (max(0, size - int(last)), size - 1)
    if start >= size or start > end:
        raise Unsatisfiable
    return start, min(end, size - 1)


async def existing(objects: S3Objects, key: str) -> int:
    """Its size in bytes. Raises `MissingObject`."""
    size = await objects.size(key)
    if size is None:
        raise MissingObject(key)
    return size


@router.head("/media/{token}", include_in_schema=False)
@router.get("/media/{token}", response_class=StreamingResponse)
async def read_media(
    token: str,
    request: Request,
    range_: Annotated[str | None, Header(alias="Range")] = None,
    if_range: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Response:
    """Whoever holds the link may read it until it expires. Ranges are served."""
    links: Links = request.app.state.links
    objects: S3Objects = request.app.state.objects
    try:
        claims = links.opened(token)
        size = await existing(objects, claims["key"])
        # We name no version of an object: who wants a part of a certain one means another, and gets the whole.
        part = None if if_range else part_of(range_, size)
        first, last = part or (0, size - 1)
        stream = None if request.method == "HEAD" else await objects.open(claims["key"], first, last - first + 1)
    except BadLink as error:
        raise NotFound("This link has expired or is damaged. Ask the job for a new one.") from error
    except MissingObject as error:
        raise NotFound("What this link points at has been deleted.") from error
    except Unsatisfiable:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{size}"})
    except Passing as error:
        raise ServiceUnavailable("The object store does not answer. Try again in a moment.", retry_after=1) from error
    headers = {
        "Accept-Ranges": "bytes",
        "Content-Length": str(last - first + 1),
        "Cache-Control": "private, max-age=3600",
        "X-Content-Type-Options": "nosniff",
        **ANYWHERE,
    }
    if part:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    if name := claims.get("name"):
        headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name, safe='')}"
    status, kind = 206 if part else 200, claims.get("type")
    if stream is None:
        return Response(None, status, headers, kind)
    # A viewer who leaves early leaves the stream unread: it is closed then, and not by chance later.
    return StreamingResponse(pieces(stream), status, headers, kind, background=BackgroundTask(stream.close))
