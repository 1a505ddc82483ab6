"""What is heard of subscriptions, and of how long films became."""

from __future__ import annotations

from philo_contracts.events import (
    JobCancelled,
    JobCompleted,
    JobFailed,
    JobRefused,
    JobRetried,
    ModerationOverruled,
    SubscriptionChanged,
)
from philo_gateway.quotas.store import AGAIN, KNOW, MADE
from philo_kernel.handler import on
from philo_kernel.unit import Unit

Told = JobCompleted | JobFailed | JobCancelled | JobRefused | JobRetried | ModerationOverruled


@on(SubscriptionChanged)
async def know_subscription(fact: SubscriptionChanged, unit: Unit) -> None:
    """A grant replaces the one before; what comes late changes nothing."""
    version = unit.cause.streamversion if unit.cause else 1
    await unit.connection.execute(KNOW, fact.user, fact.tier.value, fact.starts_at, fact.ends_at, version)


@on(JobCompleted, JobFailed, JobCancelled, JobRefused, JobRetried, ModerationOverruled)
async def know_minutes(fact: Told, unit: Unit) -> None:
    """A film counts as long as it is, in the month that it was asked for; what came to nothing counts nothing."""
    match fact:
        case JobCompleted():
            await unit.connection.execute(MADE, fact.job, fact.duration)
        case JobRetried() | ModerationOverruled():
            await unit.connection.execute(AGAIN, fact.job)
        case _:
            await unit.connection.execute(MADE, fact.job, 0.0)
