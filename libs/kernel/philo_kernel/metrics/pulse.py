"""How late the event loop is: what blocks it keeps every request, lease and heartbeat of the process waiting."""

from __future__ import annotations

import asyncio
from time import perf_counter

from philo_kernel.metrics.instruments import QUICK, histogram

BEAT = 1.0
LATE = histogram("event_loop_lag_seconds", "How late the loop wakes up who sleeps.", buckets=QUICK).of()


async def beat() -> None:
    """Until cancelled."""
    while True:
        due = perf_counter() + BEAT
        await asyncio.sleep(BEAT)
        LATE.observe(max(0.0, perf_counter() - due))
