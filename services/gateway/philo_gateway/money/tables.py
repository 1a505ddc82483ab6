"""Where the money is written down. The database itself refuses what a ledger may not hold; see migration `0006_money`."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, DateTime, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


def money(*, nullable: bool = False) -> Any:  # noqa: ANN401 - a SQLAlchemy column
    return Column(Numeric(20, 6), nullable=nullable)


class MonthRow(SQLModel, table=True):
    """What of a user's month is where: the sums of its entries, kept by a trigger. Whoever reserves locks it."""

    __tablename__ = "ledger_month"

    user_id: str = Field(primary_key=True)
    month: date = Field(primary_key=True)
    reserved: Decimal = Field(sa_column=money())
    spent: Decimal = Field(sa_column=money())
    released: Decimal = Field(sa_column=money())


class CallRow(SQLModel, table=True):
    """One request to somebody who works for money. `amount` is null when there is no price for it."""

    __tablename__ = "provider_call"

    id: str = Field(primary_key=True)
    job: str
    user_id: str
    scene: str | None = None
    attempt: int
    service: str
    provider: str
    model: str | None = None
    outcome: str
    quantities: dict[str, float] = Field(sa_column=Column(JSONB, nullable=False))
    seconds: float
    amount: Decimal | None = Field(default=None, sa_column=money(nullable=True))
    at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
