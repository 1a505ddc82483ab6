"""`/`, the pages of the API, and their files. Nobody has to be anybody to read them: they hold nothing of anybody's."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response

from philo_gateway.studio import policy
from philo_gateway.studio.shelf import Leaf, Shelf
from philo_kernel.http.problems import NotFound
from philo_kernel.http.versions import IfNoneMatch, known

FOREVER = "public, max-age=31536000, immutable"
LOOK_AGAIN = "no-cache"
HERE = Path(__file__).parent
PAGE = Shelf(HERE / "page")
INDEX = PAGE.page("index.html")
POLICY = policy.studio(INDEX.content.decode())
REFERENCE = Shelf(HERE / "reference")
PAGES = {f"/{name}": REFERENCE.page(f"{name}.html") for name in ("docs", "redoc", "asyncapi")}

router = APIRouter(include_in_schema=False)
AcceptEncoding = Annotated[str, Header()]


def answer(leaf: Leaf, if_none_match: str | None, accepted: str, headers: dict[str, str]) -> Response:
    """The file, packed for those who take it so; 304 for who has it."""
    headers = {"ETag": leaf.tag, "Vary": "Accept-Encoding", **headers}
    if unchanged := known(if_none_match, leaf.tag):
        unchanged.headers.update(headers)
        return unchanged
    packed = leaf.packed if "gzip" in accepted else None
    if packed is not None:
        headers["Content-Encoding"] = "gzip"
    return Response(packed or leaf.content, media_type=leaf.media_type, headers=headers)


@router.head("/")
@router.get("/")
async def studio(if_none_match: IfNoneMatch = None, accept_encoding: AcceptEncoding = "") -> Response:
    headers = {"Cache-Control": LOOK_AGAIN, "Content-Security-Policy": POLICY}
    return answer(INDEX, if_none_match, accept_encoding, headers)


@router.head("/studio/{version}/{path:path}")
@router.get("/studio/{version}/{path:path}")
async def studio_file(
    version: str, path: str, if_none_match: IfNoneMatch = None, accept_encoding: AcceptEncoding = ""
) -> Response:
    """A file of the page. A page of yesterday that is still open is given today's, and looks again next time."""
    return from_shelf(PAGE, version, path, if_none_match, accept_encoding)


def from_shelf(shelf: Shelf, version: str, path: str, if_none_match: str | None, accepted: str) -> Response:
    leaf = shelf.leaves.get(path)
    if leaf is None:
        raise NotFound("The page has no such file. Load the page again.")
    lasting = FOREVER if version == shelf.version else LOOK_AGAIN
    return answer(leaf, if_none_match, accepted, {"Cache-Control": lasting})


@router.head("/docs")
@router.get("/docs")
@router.head("/redoc")
@router.get("/redoc")
@router.head("/asyncapi")
@router.get("/asyncapi")
async def reference_page(
    request: Request, if_none_match: IfNoneMatch = None, accept_encoding: AcceptEncoding = ""
) -> Response:
    headers = {"Cache-Control": LOOK_AGAIN, "Content-Security-Policy": policy.reference()}
    page = PAGES[request.url.path]
    return answer(page, if_none_match, accept_encoding, headers)


@router.head("/reference/{version}/{path:path}")
@router.get("/reference/{version}/{path:path}")
async def reference_file(
    version: str, path: str, if_none_match: IfNoneMatch = None, accept_encoding: AcceptEncoding = ""
) -> Response:
    return from_shelf(REFERENCE, version, path, if_none_match, accept_encoding)
