"""One task in hand: what is wanted, and how it is done."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from pgqueuer.models import Job

from philo_kernel import telemetry
from philo_kernel.dead_letters import Parcel
from philo_kernel.telemetry import SpanKind
from philo_kernel.work import Task, Work


@dataclass(frozen=True)
class Order:
    task: Task
    work: Work
    job: Job
    effect: str

    @classmethod
    def of(cls, task: Task, job: Job) -> Self:
        """Raises whatever is wrong with the order as it lies in the queue."""
        work = task.work.model_validate_json(job.payload or b"", extra="ignore")  # of a newer version
        return cls(task, work, job, work.effect)

    @property
    def name(self) -> str:
        return type(self.work).__name__

    @property
    def because(self) -> UUID | None:
        """The fact for which this was ordered."""
        cause = (self.job.headers or {}).get("causationid")
        return UUID(str(cause)) if cause else None

    @property
    def tenant(self) -> str | None:
        tenant = (self.job.headers or {}).get("tenant")
        return str(tenant) if tenant else None

    @property
    def attempt(self) -> int:
        """The attempt of its job that it belongs to."""
        return int(str((self.job.headers or {}).get("attempt", 1)))


def span_of(service: str, job: Job) -> AbstractContextManager[telemetry.Span]:
    """One try of an order, in the trace that it was given in; with links back to all that it had to wait for."""
    headers = {name: str(value) for name, value in (job.headers or {}).items()}
    due = max(job.created, job.execute_after)
    return telemetry.span(
        f"{service}.{job.entrypoint}",
        headers.get("traceparent"),
        kind=SpanKind.CONSUMER,
        links=headers.get("links", "").split(),
        correlation=headers.get("job"),
        causation=headers.get("causationid"),
        attempt=job.attempts + 1,
        job_attempt=int(headers.get("attempt", 1)),
        waited=round(max(0.0, time.time() - due.timestamp()), 4),
    )


def parcel_of(job: Job, error: Exception, order: Order | None) -> Parcel:
    """The order as a dead letter; None for one that could not even be read."""
    headers = {key: str(value) for key, value in (job.headers or {}).items()}
    if order and order.task.dispensable:
        headers["dispensable"] = "yes"
    return Parcel(
        kind="task",
        handler=job.entrypoint,
        value=job.payload or b"",
        error=error,
        attempts=job.attempts + 1,
        type=job.entrypoint,
        stream=order.effect if order else None,
        headers=headers,
        traceparent=telemetry.traceparent_of(job.headers),
        tenant=headers.get("tenant"),
    )
