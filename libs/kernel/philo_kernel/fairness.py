"""Whose turn it is: virtual start times over tenants. Pure.

A task is due when it is ordered, later by its priority. It starts, as it were, later still by a share for each task of
the same tenant that is waiting already and was due before it (start-time fair queueing; Goyal, Vin, Cheng 1996). The
earliest start is claimed first. A start never changes, so whatever is ordered after it comes later: nothing starves.
While no task takes longer than a share, what one tenant has waiting never keeps back another's urgent work.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence

from philo_contracts.shapes import Priority

WAIT = {Priority.HIGH: 0, Priority.DEFAULT: 60, Priority.LOW: 600}
"""Seconds a priority waits behind equal work of a higher one: late low work overtakes new high work, so none starves."""
SHARE = 60
"""Seconds that each waiting task of a tenant puts off its next one."""
MOST = 1000
"""Tasks ahead that are counted at most, so that ordering stays cheap."""


def due(priority: Priority, now: float, lead: int = 0) -> int:
    """When it would start if its tenant had nothing else waiting, in epoch seconds; `lead` is seconds it goes before."""
    return int(now + WAIT[priority] - lead)


def urgency(due_at: int, ahead: int = 0) -> int:
    """PgQueuer takes the highest number first: minus the virtual start time (int4 holds until 2038)."""
    return -(due_at + SHARE * min(ahead, MOST))


def among(dues: Sequence[int], tenants: Sequence[str | None]) -> list[int]:
    """How many of its own tenant's go before each, where all are ordered at once."""
    lines: dict[str, list[int]] = {}
    found = []
    for moment, tenant in zip(dues, tenants, strict=True):
        line = lines.setdefault(tenant, []) if tenant else []
        found.append(bisect_right(line, moment))
        insort(line, moment)
    return found
