"""Where gateway keeps jobs beside their facts: the fold of each, so that one row answers a request."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, Column, DateTime, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class JobRow(SQLModel, table=True):
    """`state` is the fold of the stream `job/<id>` up to `version`; the other columns are there to be searched by."""

    __tablename__ = "job"
    __table_args__ = (
        Index("job_of_user", "user_id", "id"),
        Index("job_of_project", "project_id", "id"),
    )

    id: str = Field(primary_key=True)
    user_id: str
    project_id: str | None = None
    kind: str
    status: str
    version: int
    created_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    state: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    early: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSONB, nullable=False))
    """Envelopes that came before what they build on."""
    passed: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    """The states it went through, in order; the database lets no other step happen than the table of transitions has."""
