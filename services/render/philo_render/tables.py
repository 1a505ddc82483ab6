"""Where render keeps what it knows of films."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class FilmRow(SQLModel, table=True):
    """`state` is a `Film`: what was heard of it and what was ordered already."""

    __tablename__ = "film"

    job: str = Field(primary_key=True)
    state: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
