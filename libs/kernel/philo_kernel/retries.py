"""How soon work that failed for a passing reason is tried again."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from philo_kernel.children import ChildDied
from philo_kernel.lives import Life
from philo_kernel.work import Retries


def wished(retries: Retries, job: Life) -> Retries:
    """What the work says, or its job where that has terms of its own."""
    if job.max_retries is None or job.retry_delay is None:
        return retries
    return replace(retries, attempts=job.max_retries + 1, first=timedelta(seconds=job.retry_delay))


def rest(error: Exception, retries: Retries, attempts: int) -> timedelta:
    """How long to leave it alone. A child that was killed says nothing against the work: once, it is begun anew at once."""
    return timedelta(0) if isinstance(error, ChildDied) and not attempts else backoff(retries, attempts)


def backoff(retries: Retries, attempts: int) -> timedelta:
    """Exponential with full jitter, so that those who failed together do not come back together."""
    longest = min(retries.longest, retries.first * 2 ** min(attempts, 30))
    return timedelta(seconds=longest.total_seconds() * random.random())  # noqa: S311 - spreading load, not hiding a secret
