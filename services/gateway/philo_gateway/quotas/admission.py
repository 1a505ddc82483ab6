"""Judges a request in the unit of work that accepts it, so that limits hold however many ask at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from asyncpg import Connection

from philo_contracts.shapes import Plan, Tier, VideoConfig
from philo_gateway.jobs.shapes import JobRequest
from philo_gateway.quotas import store
from philo_gateway.quotas.domain import (
    Wanted,
    fitting,
    month_of,
    planned,
    priority_of,
    requested,
    within_the_month,
)
from philo_gateway.quotas.refusals import queue_full
from philo_gateway.quotas.tiers import Limits, Tiers, read
from philo_kernel.unit import Unit

QUEUE_LIMIT = 100


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Quotas:
    """What people may have. `queue_limit` is how many jobs of a user may be on their way at once."""

    tiers: Tiers = field(default_factory=read)
    queue_limit: int = QUEUE_LIMIT
    now: Callable[[], datetime] = utc_now

    async def admit(self, unit: Unit, user: str, number: str, wish: JobRequest) -> JobRequest:
        """The wish with its tier's priority, where it names none.

        Raises `TierTooLow`, `QueueFull` or `QuotaExceeded`; nothing of the job exists then.
        """
        limits = await self.judge(unit, user, requested(number, wish))
        return wish.model_copy(update={"priority": priority_of(wish, limits)})

    async def admit_plan(
        self, unit: Unit, user: str, number: str, config: VideoConfig, plan: Plan, *, film: bool
    ) -> None:
        """The same for a job that is made of another one's scenes: a film of its own, or an edit of that one."""
        await self.judge(unit, user, planned(number, config, plan, film=film))

    async def admit_export(self, unit: Unit, user: str) -> None:
        """The same for what is there already, in another form: only the queue is limited."""
        await self.judge(unit, user, None)

    async def judge(self, unit: Unit, user: str, wanted: Wanted | None) -> Limits:
        """Holds the user's row until the unit ends; then the promised seconds count, and the job is one of the open."""
        now = self.now()
        limits = self.tiers[await store.tier_of(unit.connection, user, now, lock=True)]
        if wanted:
            fitting(wanted, limits, self.tiers)
        if await store.open_jobs(unit.connection, user) >= self.queue_limit:
            raise queue_full(self.queue_limit)
        if wanted and wanted.seconds:
            month = month_of(now)
            within_the_month(wanted.seconds, limits, await store.used_seconds(unit.connection, user, month))
            await store.promise(unit.connection, user, month, wanted)
        return limits

    async def standing(self, connection: Connection, user: str) -> tuple[Tier, Limits]:
        """Somebody's tier now, and what it allows. Nothing is locked."""
        tier = await store.tier_of(connection, user, self.now())
        return tier, self.tiers[tier]
