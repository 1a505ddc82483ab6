"""Where projects are kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, DateTime, Index
from sqlmodel import Field, SQLModel


class ProjectRow(SQLModel, table=True):
    """A user's folder of jobs. `version` grows with every change and is its ETag."""

    __tablename__ = "project"
    __table_args__ = (Index("project_of_user", "user_id", "id"),)

    id: str = Field(primary_key=True)
    user_id: str
    name: str
    description: str = ""
    version: int = 1
    created_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    updated_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
