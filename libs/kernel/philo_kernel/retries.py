"""How soon work that failed for a passing reason is tried again."""

from __future__ import annotations

import random
from datetime import timedelta

from philo_kernel.work import Retries


def backoff(retries: Retries, attempts: int) -> timedelta:
    """Exponential with full jitter, so that those who failed together do not come back together."""
    longest = min(retries.longest, retries.first * 2 ** min(attempts, 30))
    return timedelta(seconds=longest.total_seconds() * random.random())  # noqa: S311 - spreading load, not hiding a secret
