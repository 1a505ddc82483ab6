"""What auth stores. Secrets only as hashes: passwords by argon2id, random ones by SHA-256."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Text
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

INSTANT = DateTime(timezone=True)


class Account(SQLModel, table=True):
    __tablename__ = "account"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    email: str
    username: str
    username_folded: str
    password_hash: str
    created_at: datetime = Field(sa_type=INSTANT)


class RefreshFamily(SQLModel, table=True):
    """All refresh tokens that came of one login. Its row is what concurrent refreshes wait for."""

    __tablename__ = "refresh_family"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    user_id: UUID
    created_at: datetime = Field(sa_type=INSTANT)
    expires_at: datetime = Field(sa_type=INSTANT)
    revoked_at: datetime | None = Field(default=None, sa_type=INSTANT)


class RefreshToken(SQLModel, table=True):
    __tablename__ = "refresh_token"

    digest: str = Field(primary_key=True)
    family_id: UUID
    predecessor: str | None = None
    expires_at: datetime = Field(sa_type=INSTANT)
    used_at: datetime | None = Field(default=None, sa_type=INSTANT)


class ApiKey(SQLModel, table=True):
    __tablename__ = "api_key"

    id: str = Field(primary_key=True)
    user_id: UUID
    name: str
    digest: str
    scopes: list[str] = Field(sa_type=ARRAY(Text))
    created_at: datetime = Field(sa_type=INSTANT)
    expires_at: datetime | None = Field(default=None, sa_type=INSTANT)
    revoked_at: datetime | None = Field(default=None, sa_type=INSTANT)
