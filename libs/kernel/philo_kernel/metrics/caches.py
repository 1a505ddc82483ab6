"""How often a thing was there already when it was asked for: its name is a hash of all that goes into it."""

from __future__ import annotations

from typing import Literal

from philo_kernel.metrics.instruments import counter

Kind = Literal["speech", "music", "picture", "chunk", "sound"]

REQUESTS = counter(
    "cache_requests_total", "Things asked for, by whether they were there (hit) or made.", "cache", "outcome"
)


def asked(cache: Kind, *, hits: int = 0, misses: int = 0) -> None:
    REQUESTS.of(cache, "hit").inc(hits)
    REQUESTS.of(cache, "miss").inc(misses)


def found(cache: Kind, *, there: bool) -> None:
    """One thing, which was there or was made."""
    REQUESTS.of(cache, "hit" if there else "miss").inc()
