"""An upload as what a scene shows."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from philo_contracts.shapes import Picture
from philo_gateway.assets.tables import AssetRow
from philo_kernel.http.problems import Conflict, NotFound, Unprocessable

NO_ASSET = "There is no asset with this id among yours. `GET /api/v1/assets` lists them."
NOT_READY = "This asset is still being looked at. Try again when its status is ready."
UNUSABLE = "This asset cannot be shown: {words}"
NOT_SEEN = "This asset is nothing to look at. Choose a picture or footage."


async def own(session: AsyncSession, user: str, asset: UUID, *, lock: bool = False) -> AssetRow:
    """Someone else's asset is not there."""
    row: AssetRow | None = await session.get(AssetRow, str(asset), with_for_update=lock or None)
    if row is None or row.user_id != user:
        raise NotFound(NO_ASSET)
    return row


async def picture_of(session: AsyncSession, user: str, asset: UUID) -> Picture:
    """Raises `NotFound`, `Unprocessable` for what is not seen, or `Conflict` while it cannot be shown."""
    row = await own(session, user, asset)
    if row.kind not in {"picture", "footage"}:
        raise Unprocessable(NOT_SEEN, errors=[("/picture_asset_id", NOT_SEEN)])
    if row.fault:
        raise Conflict(UNUSABLE.format(words=row.fault["message"]))
    if row.shown is None:
        raise Conflict(NOT_READY)
    return Picture.model_validate(row.shown).model_copy(update={"asset": row.id})
