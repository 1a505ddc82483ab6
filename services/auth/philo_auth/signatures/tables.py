"""Which signing secrets there are. The secrets themselves are not in it, not even sealed: only the facts carry them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel

from philo_auth.tables import INSTANT


class SigningSecret(SQLModel, table=True):
    __tablename__ = "signing_secret"

    id: str = Field(primary_key=True)
    user_id: UUID
    name: str
    created_at: datetime = Field(sa_type=INSTANT)
    revoked_at: datetime | None = Field(default=None, sa_type=INSTANT)
