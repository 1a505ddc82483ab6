"""What auth stores. Secrets only as hashes: passwords by argon2id, codes by a keyed hash, random ones by SHA-256."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Text
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7

INSTANT = DateTime(timezone=True)


class Account(SQLModel, table=True):
    """Entered by email and password, by phone, or by both. `phone` is E.164."""

    __tablename__ = "account"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    email: str | None = None
    phone: str | None = None
    username: str
    username_folded: str
    password_hash: str | None = None
    role: str | None = None
    """`operator` runs this installation; everybody else has none."""
    session_generation: int = 0
    """Counts how often its owner logged out everywhere; older access tokens are refused."""
    last_job_at: datetime | None = Field(default=None, sa_type=INSTANT)
    created_at: datetime = Field(sa_type=INSTANT)


class RefreshFamily(SQLModel, table=True):
    """All refresh tokens that came of one login, numbered from 1. Its row is what concurrent refreshes wait for."""

    __tablename__ = "refresh_family"

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    user_id: UUID
    salt: str
    tip: int = 1
    """The number of the one token that was not used yet."""
    turned_at: datetime | None = Field(default=None, sa_type=INSTANT)
    """When the tip came of its predecessor."""
    created_at: datetime = Field(sa_type=INSTANT)
    expires_at: datetime = Field(sa_type=INSTANT)
    revoked_at: datetime | None = Field(default=None, sa_type=INSTANT)


class RefreshToken(SQLModel, table=True):
    __tablename__ = "refresh_token"

    digest: str = Field(primary_key=True)
    family_id: UUID
    number: int
    expires_at: datetime = Field(sa_type=INSTANT)


class PhoneCode(SQLModel, table=True):
    """The one code that a phone was sent last. Its row is what concurrent guesses wait for."""

    __tablename__ = "phone_code"

    phone: str = Field(primary_key=True)
    digest: str
    expires_at: datetime = Field(sa_type=INSTANT)
    attempts_left: int


class Throttle(SQLModel, table=True):
    """`free_at` is when all that was taken of a limit will have come back."""

    __tablename__ = "throttle"

    key: str = Field(primary_key=True)
    free_at: datetime = Field(sa_type=INSTANT)


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
