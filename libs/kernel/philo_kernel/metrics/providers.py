"""How those who work for money do: rate, errors and durations of what they are asked, and whether they are well."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

from philo_kernel.metrics.instruments import LONG, MIN, gauge, histogram
from philo_kernel.outgoing.health import Health, Status
from philo_kernel.work import Hopeless

WELL: dict[Status, float] = {"healthy": 1.0, "degraded": 0.5, "unhealthy": 0.0}

REQUESTS = histogram(
    "provider_request_duration_seconds",
    "One request to a provider, by how it ended: answered, refused, failed (late, busy, away), dropped (nobody waits).",
    "work",
    "provider",
    "outcome",
    buckets=LONG,
)
HEALTH = gauge(
    "provider_health_status", "1 healthy, 0.5 has failed lately, 0 left alone.", "work", "provider", over=MIN
)


@contextmanager
def asked(work: str, provider: str) -> Iterator[None]:
    """One request is made in here."""
    began, outcome = perf_counter(), "failed"
    try:
        yield
        outcome = "answered"
    except Hopeless:
        outcome = "refused"
        raise
    except asyncio.CancelledError:
        outcome = "dropped"
        raise
    finally:
        REQUESTS.of(work, provider, outcome).observe(perf_counter() - began)


def found(work: str, provider: str, health: Health) -> None:
    """What is known of it now."""
    HEALTH.of(work, provider).set(WELL[health.status()])
