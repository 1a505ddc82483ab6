"""Where subscriptions are kept: one a user at most, the one that was granted last."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from philo_auth.tables import INSTANT


class Subscription(SQLModel, table=True):
    """`version` is that of its stream, `subscription/<user>`."""

    __tablename__ = "subscription"

    user_id: UUID = Field(primary_key=True)
    tier: str
    starts_at: datetime = Field(sa_type=INSTANT)
    ends_at: datetime | None = Field(default=None, sa_type=INSTANT)
    version: int = 1
