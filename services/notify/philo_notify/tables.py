"""Where notify keeps what it tells: jobs as they are now, and a gapless feed for each user."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class JobView(SQLModel, table=True):
    """The fold of a job's stream up to `version`."""

    __tablename__ = "job_view"

    id: str = Field(primary_key=True)
    user_id: str
    project_id: str | None = None
    version: int
    state: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))


class Reader(SQLModel, table=True):
    """The number of a user's newest message. Taking the next ones locks the row, so numbers have no gaps."""

    __tablename__ = "reader"

    user_id: str = Field(primary_key=True)
    last: int = Field(sa_column=Column(BigInteger, nullable=False))


class FeedRow(SQLModel, table=True):
    """One message, ready to be sent but for its id."""

    __tablename__ = "feed"
    __table_args__ = (Index("feed_of_job", "job", "id"),)

    user_id: str = Field(primary_key=True)
    id: int = Field(sa_column=Column(BigInteger, primary_key=True))
    job: str
    event: str
    at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    body: str = Field(sa_column=Column(Text, nullable=False))
