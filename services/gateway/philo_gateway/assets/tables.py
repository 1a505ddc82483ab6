"""Where gateway keeps what was uploaded: one row an asset, the file itself in the object store."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, DateTime, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class AssetRow(SQLModel, table=True):
    """`file` and `kept` are a `Blob`, `shown` a `Picture` as JSON; `fault` says why it cannot be used.

    A track or a font is not shown: what is used of it is `kept`.
    """

    __tablename__ = "asset"
    __table_args__ = (
        Index("asset_of_user", "user_id", "id"),
        Index("asset_of_project", "project_id", "id"),
    )

    id: str = Field(primary_key=True)
    user_id: str
    project_id: str | None = None
    kind: str
    status: str = "processing"
    filename: str
    original_filename: str
    file: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    shown: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True)))
    kept: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True)))
    fault: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True)))
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    fps: float | None = None
    codec: str | None = None
    created_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
