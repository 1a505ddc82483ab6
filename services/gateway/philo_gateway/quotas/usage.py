"""How much of their tier somebody has used."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_contracts.shapes import Tier
from philo_gateway.money.requests import Money
from philo_gateway.quotas import store
from philo_gateway.quotas.admission import Quotas
from philo_gateway.quotas.domain import month_of
from philo_kernel.unit import unit_of_work


class Period(BaseModel):
    start: datetime
    end: datetime


class Minutes(BaseModel):
    """Of film, with what is promised to jobs that are not done."""

    used: float
    limit: float


class Count(BaseModel):
    used: int
    limit: int


class Spend(BaseModel):
    """What providers have cost this month, and what they may."""

    used: Decimal
    limit: Decimal
    currency: str = "USD"


class UsageResource(BaseModel):
    tier: Tier
    period: Period
    video_minutes: Minutes
    concurrent_jobs: Count
    queued_jobs: Count
    spend: Spend
    stored_bytes: Count


Spending = Callable[[str], Awaitable[Spend]]
"""What a user has spent this month, and what they may spend."""


def spent_by(money: Money) -> Spending:
    async def spend(user: str) -> Spend:
        budget = await money.budget(user)
        return Spend(used=budget.spent, limit=budget.per_month)

    return spend


@dataclass(frozen=True)
class Usage:
    engine: AsyncEngine
    quotas: Quotas
    spending: Spending

    async def of(self, user: str) -> UsageResource:
        month = month_of(self.quotas.now())
        async with unit_of_work(self.engine, "gateway") as unit:
            connection = unit.connection
            tier, limits = await self.quotas.standing(connection, user)
            waiting, seconds = await store.taken(connection, user, month)
            worked = await store.worked_jobs(connection, user)
            stored = await store.stored_bytes(connection, user)
        return UsageResource(
            tier=tier,
            period=Period(start=month.start, end=month.end),
            video_minutes=Minutes(used=round(seconds / 60, 2), limit=limits.video_minutes),
            concurrent_jobs=Count(used=worked, limit=limits.concurrent_jobs),
            queued_jobs=Count(used=waiting, limit=self.quotas.queue_limit),
            spend=await self.spending(user),
            stored_bytes=Count(used=stored, limit=limits.stored_bytes),
        )
