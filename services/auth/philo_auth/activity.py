"""When an account was last at work: what the others do for it is heard of here, so that sleeping accounts are known."""

from __future__ import annotations

from uuid import UUID

from philo_contracts.events import JobRequested
from philo_kernel.handler import on
from philo_kernel.unit import Unit

NOTE = "update account set last_job_at = greatest(last_job_at, $2) where id = $1"


@on(JobRequested)
async def note_activity(fact: JobRequested, unit: Unit) -> None:
    """Heard twice or late it changes nothing. Whoever is erased meanwhile has no row."""
    if unit.cause:
        await unit.connection.execute(NOTE, UUID(fact.user), unit.cause.time)
