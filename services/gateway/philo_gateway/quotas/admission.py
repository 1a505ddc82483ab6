"""Judges a request in the unit of work that accepts it, so that limits hold however many ask at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from asyncpg import Connection

from philo_contracts.job import Job
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
from philo_gateway.quotas.refusals import queue_full, storage_full
from philo_gateway.quotas.tiers import Limits, Tiers, lowest, read_tiers
from philo_gateway.quotas.turns import Turns
from philo_kernel.unit import Unit

QUEUE_LIMIT = 100


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Quotas:
    """What people may have. `queue_limit` is how many jobs of a user may be on their way at once."""

    tiers: Tiers = field(default_factory=read_tiers)
    queue_limit: int = QUEUE_LIMIT
    now: Callable[[], datetime] = utc_now
    turns: Turns = field(default_factory=Turns)

    async def admit(self, unit: Unit, user: str, number: str, wish: JobRequest) -> JobRequest:
        """The wish with its tier's priority, where it names none.

        Raises `TierTooLow`, `QueueFull` or `QuotaExceeded`; nothing of the job exists then.
        """
        limits, waiting = await self.judge(unit, user, requested(number, wish))
        return wish.model_copy(update={"priority": priority_of(wish, limits, waiting)})

    async def admit_plan(
        self, unit: Unit, user: str, number: str, config: VideoConfig, plan: Plan, *, edited: Job | None = None
    ) -> None:
        """The same for a job that is made of another one's scenes: a film of its own, or that one `edited`."""
        await self.judge(unit, user, planned(number, config, plan, edited=edited))

    async def admit_again(self, unit: Unit, user: str, number: str) -> None:
        """The same for a job that has failed and shall go on: what was promised to it counts again, in this month."""
        promised = await store.promised_seconds(unit.connection, number)
        await self.judge(unit, user, Wanted(number, seconds=promised))

    async def admit_export(self, unit: Unit, user: str, number: str) -> None:
        """The same for what is there already, in another form: only the queue is limited."""
        await self.judge(unit, user, Wanted(number))

    async def admit_file(self, unit: Unit, user: str, number: str, size: int) -> None:
        """The same for a file of `size` bytes that is about to be kept. Raises `StorageFull`.

        Holds the user's row until the unit ends, so that all files together are no more, however many come at once.
        """
        now = self.now()
        tier = await store.turn(unit.connection, user, month_of(now), Wanted(number), now)
        await self._fits(unit.connection, user, self.tiers[tier], size)

    async def expect_file(self, connection: Connection, user: str, size: int) -> None:
        """A first look, which locks nothing, before a file of at least `size` bytes is read. Raises `StorageFull`."""
        _, limits = await self.standing(connection, user)
        await self._fits(connection, user, limits, size)

    async def _fits(self, connection: Connection, user: str, limits: Limits, size: int) -> None:
        used = await store.stored_bytes(connection, user)
        if used + size > limits.stored_bytes:
            needed = lowest(self.tiers, lambda other: used + size <= other.stored_bytes)
            raise storage_full(used, limits.stored_bytes, await store.largest_files(connection, user), needed)

    async def judge(self, unit: Unit, user: str, wanted: Wanted) -> tuple[Limits, int]:
        """What the tier allows, and how many jobs are on their way before this one.

        Holds the user's row until the unit ends; then the promised seconds count, and the job is one of those.
        """
        now = self.now()
        month = month_of(now)
        limits = self.tiers[await store.turn(unit.connection, user, month, wanted, now)]
        fitting(wanted, limits, self.tiers)
        waiting, used = await store.taken(unit.connection, user, month)
        if waiting >= self.queue_limit:
            raise queue_full(self.queue_limit)
        within_the_month(wanted.seconds, limits, used)
        return limits, waiting

    async def standing(self, connection: Connection, user: str) -> tuple[Tier, Limits]:
        """Somebody's tier now, and what it allows. Nothing is locked."""
        tier = await store.tier_of(connection, user, self.now())
        return tier, self.tiers[tier]
