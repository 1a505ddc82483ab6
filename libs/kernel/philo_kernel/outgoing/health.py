"""How well a provider is, and whether it is asked now. Pure: `now` is seconds since 1970."""

from __future__ import annotations

from typing import Literal

from philo_contracts.shapes import Value

Status = Literal["healthy", "degraded", "unhealthy"]
Circuit = Literal["closed", "open", "half_open"]
WEIGHT = 0.2
"""Of the newest time in the average."""


class Rules(Value):
    """Leave it alone after `most` failures in a row for `rest` seconds; then one request goes through to see."""

    most: int = 3
    rest: float = 120.0


class Health(Value):
    """What is known of one provider. Of two the one with the later `changed_at` is true."""

    failures: int = 0
    """In a row."""
    tripped: bool = False
    looking: bool = False
    """Somebody was sent to see."""
    until: float = 0
    hopeless: bool = False
    code: str = ""
    words: str = ""
    checked_at: float | None = None
    seconds: float | None = None
    """An answer takes so long, on average."""
    changed_at: float = 0
    seen_at: float = 0
    """When a process last said that it asks this provider."""

    def status(self) -> Status:
        """One that nobody has asked yet is held for healthy."""
        if self.tripped:
            return "unhealthy"
        return "degraded" if self.failures else "healthy"

    def circuit(self, now: float) -> Circuit:
        if not self.tripped:
            return "closed"
        return "half_open" if self.looking or now >= self.until else "open"


def admitted(health: Health, now: float, rules: Rules) -> Health | None:
    """After one request was let through; None when none is. Who is sent to see keeps the others waiting for a rest."""
    if not health.tripped:
        return health
    if now < health.until:
        return None
    return health.model_copy(update={"looking": True, "until": now + rules.rest, "changed_at": now})


def worked(health: Health, now: float, took: list[float]) -> Health:
    """After an answer. `took` are the seconds of the requests that it took."""
    well = {"failures": 0, "tripped": False, "looking": False, "until": 0.0, "hopeless": False, "code": "", "words": ""}
    return health.model_copy(update={**well, **_looked(health, now, took)})


def failed(
    health: Health,
    now: float,
    rules: Rules,
    took: list[float],
    *,
    code: str,
    words: str,
    hopeless: bool = False,
    after: float | None = None,
) -> Health:
    """After a failure. What is `hopeless` is left alone at once; `after` are seconds of rest that it asked for."""
    failures = health.failures + 1
    bad = {
        "failures": failures,
        "tripped": hopeless or health.tripped or failures >= rules.most,
        "looking": False,
        "until": now + max(rules.rest, after or 0),
        "hopeless": hopeless,
        "code": code,
        "words": words,
    }
    return health.model_copy(update={**bad, **_looked(health, now, took)})


def _looked(health: Health, now: float, took: list[float]) -> dict[str, float | None]:
    average = health.seconds
    for seconds in took:
        average = seconds if average is None else average + WEIGHT * (seconds - average)
    return {"checked_at": now, "changed_at": now, "seconds": average}
