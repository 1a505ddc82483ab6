"""A job's story, told from its own facts. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from philo_contracts.envelope import Envelope
from philo_contracts.events import CostRecorded, Event, PreviewGrew, SceneProgressed
from philo_contracts.evolution import evolve
from philo_contracts.job import Job
from philo_contracts.shapes import Fault
from philo_gateway.jobs.shapes import HistoryLine, Scalar, Words

CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
ASIDE = (SceneProgressed, PreviewGrew, CostRecorded)


def told(facts: Iterable[Envelope]) -> Iterator[HistoryLine]:
    """One line a fact, in order."""
    job = Job()
    begun = None
    for envelope in facts:
        begun = begun or envelope.time
        fact, before = envelope.fact(), job
        job = evolve(job, fact, envelope.time)
        yield HistoryLine(
            version=job.version,
            event=envelope.type,
            from_=before.status if before.version else None,
            to=job.status,
            reason=reason_of(fact),
            at=envelope.time,
            elapsed=round((envelope.time - begun).total_seconds(), 3),
            scene_id=getattr(fact, "scene", None),
            main=not isinstance(fact, ASIDE),
            words=Words(code=CAMEL.sub("_", envelope.type).lower(), values=values_of(fact)),
            causation_id=envelope.causationid,
            trace_id=envelope.traceparent.split("-")[1] if envelope.traceparent else None,
        )


def reason_of(fact: Event) -> str | None:
    fault = getattr(fact, "fault", None)
    reason: str | None = fault.message if isinstance(fault, Fault) else getattr(fact, "reason", None)
    return reason


def values_of(fact: Event) -> dict[str, Scalar]:
    """The fact's plain values, without its bulk; sets are told by how many they are."""
    plain: dict[str, Scalar] = {}
    for name, value in fact:
        if isinstance(value, str | int | float | bool) and name not in {"job", "user", "script", "prompt"}:
            plain[name] = value
        elif isinstance(value, Decimal):
            plain[name] = str(value)
        elif isinstance(value, tuple):
            plain[name] = len(value)
    return plain
