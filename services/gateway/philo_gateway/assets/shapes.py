"""An asset on the wire."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from philo_contracts.shapes import Fault
from philo_gateway.assets.kinds import Kind
from philo_gateway.assets.tables import AssetRow

Status = Literal["processing", "ready", "failed"]


class AssetResource(BaseModel):
    """`filename` is the name it is kept under, `original_filename` the one it was sent with. Seconds and pixels are
    known once it is ready, where it has any; `fault` says why it never will be. Only what is seen has a thumbnail."""

    asset_id: str
    kind: Kind
    filename: str
    original_filename: str
    size_bytes: int
    media_type: str
    project_id: str | None
    status: Status
    fault: Fault | None
    width: int | None
    height: int | None
    duration: float | None
    fps: float | None
    codec: str | None
    thumbnail_url: str | None
    created_at: datetime


def shown(row: AssetRow) -> AssetResource:
    return AssetResource.model_validate(
        row.model_dump(exclude={"id", "file", "user_id", "shown", "kept"})
        | {"asset_id": row.id, "size_bytes": row.file["size_bytes"], "media_type": row.file["media_type"]}
        | {"thumbnail_url": f"/api/v1/assets/{row.id}/thumbnail" if row.shown else None}
    )
