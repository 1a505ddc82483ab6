"""Assets on the wire: pictures, footage, tracks and fonts that a person brings along."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import RedirectResponse

from philo_contracts.shapes import Picture
from philo_gateway.assets.form import FileOnItsWay, file_of
from philo_gateway.assets.kinds import Kind
from philo_gateway.assets.requests import Assets
from philo_gateway.assets.shapes import AssetResource, shown
from philo_gateway.assets.tables import AssetRow
from philo_gateway.assets.uploads import PIECE
from philo_gateway.jobs.api import Signing, to
from philo_kernel.http.idempotency import CreatingFromStream
from philo_kernel.http.identity import Caller, allowed
from philo_kernel.http.pages import Page, PageRequest, page, page_request

router = APIRouter(prefix="/api/v1", tags=["assets"], route_class=CreatingFromStream)

Reader = Annotated[Caller, Depends(allowed("assets:read"))]
Writer = Annotated[Caller, Depends(allowed("assets:write"))]
Wanted = Annotated[PageRequest, Depends(page_request)]
OWN_LIMIT = 2**40
"""Bytes. The limits are settings, by what the file is; it is counted as it comes."""
FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}


def assets_of(request: Request) -> Assets:
    assets: Assets = request.app.state.assets
    return assets


Keeping = Annotated[Assets, Depends(assets_of)]


def sent(request: Request, assets: Keeping, _who: Writer) -> FileOnItsWay:
    """Nothing is read of the body of somebody we do not know."""
    return file_of(request, PIECE, max(assets.limits.values()))


Sent = Annotated[FileOnItsWay, Depends(sent)]


def created(row: AssetRow, response: Response) -> AssetResource:
    response.headers["Location"] = f"/api/v1/assets/{row.id}"
    return shown(row)


def listed(rows: list[AssetRow], wanted: PageRequest) -> Page[AssetResource]:
    return page(rows, wanted, place=lambda row: (row.id,), shown=shown)


@router.post("/assets", status_code=201, openapi_extra=FORM, max_body_size=OWN_LIMIT)
async def upload_asset(file: Sent, who: Writer, assets: Keeping, response: Response) -> AssetResource:
    """Bring a picture, footage, a track or a font, told by its content.

    It is looked at in the background, and can be used once its status is `ready`. A tier keeps so many bytes of all that
    you bring (`GET /auth/me/usage`), and so many uploads are on their way at once.
    """
    return created(await assets.receive(who.user, None, file), response)


@router.get("/assets")
async def list_assets(who: Reader, assets: Keeping, wanted: Wanted, kind: Kind | None = None) -> Page[AssetResource]:
    """Your pictures, footage, tracks and fonts, newest first."""
    return listed(await assets.listed(who.user, wanted, kind=kind), wanted)


@router.get("/assets/{asset_id}")
async def read_asset(asset_id: UUID, who: Reader, assets: Keeping) -> AssetResource:
    return shown(await assets.one(who.user, asset_id))


@router.head("/assets/{asset_id}/thumbnail", include_in_schema=False)
@router.get("/assets/{asset_id}/thumbnail", status_code=302, response_class=RedirectResponse)
async def read_asset_thumbnail(asset_id: UUID, who: Reader, assets: Keeping, links: Signing) -> RedirectResponse:
    """A small picture of it: redirects to a signed address."""
    row = await assets.one(who.user, asset_id)
    picture = Picture.model_validate(row.shown) if row.shown else None
    return to(picture.thumbnail or picture.image if picture else None, links)


@router.delete("/assets/{asset_id}", status_code=204)
async def delete_asset(asset_id: UUID, who: Writer, assets: Keeping) -> None:
    """Delete it and its file. Films that were made with it stay."""
    await assets.delete(who.user, asset_id)


@router.post("/projects/{project_id}/videos", status_code=201, openapi_extra=FORM, max_body_size=OWN_LIMIT)
async def upload_video(project_id: UUID, file: Sent, who: Writer, assets: Keeping, response: Response) -> AssetResource:
    """Bring footage for a project: MP4, MOV or AVI, told by its content."""
    return created(await assets.receive(who.user, project_id, file, "footage"), response)


@router.get("/projects/{project_id}/videos")
async def list_videos(project_id: UUID, who: Reader, assets: Keeping, wanted: Wanted) -> Page[AssetResource]:
    """The project's footage, newest first."""
    return listed(await assets.listed(who.user, wanted, kind="footage", project=project_id), wanted)


@router.delete("/projects/{project_id}/videos/{asset_id}", status_code=204)
async def delete_video(project_id: UUID, asset_id: UUID, who: Writer, assets: Keeping) -> None:
    await assets.delete(who.user, asset_id, project_id)
