"""How jobs go: through which states, how long they and their stages take, and how many of them come to a good end."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterable, Sequence

from prometheus_client.core import GaugeMetricFamily, Metric
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_contracts.job import Job, Status
from philo_kernel.database import connected
from philo_kernel.metrics.instruments import LONG, MAX, counter, histogram

TRANSITIONS = counter("job_transitions_total", "States that jobs went into.", "kind", "status")
TOOK = histogram(
    "job_processing_time_seconds", "From the request of a job to its completion.", "kind", buckets=(*LONG, 7200)
)
STAGES = histogram(
    "job_stage_duration_seconds", "A stage of a completed job, from first to last.", "stage", buckets=LONG
)

for ending in (Status.COMPLETED, Status.FAILED):
    TRANSITIONS.of("video", ending.value)  # told from the first, as none: an objective counts them

LATELY = 3600.0
NEWEST = 5_000
COMPLETED = f"""
    select kind, count(*) filter (where status = 'completed') as well, count(*) as ended
    from (select kind, status from job where id > $1 order by id desc limit {NEWEST}) newest
    where status in ('completed', 'failed') group by kind"""  # noqa: S608 - our own number
PATIENCE = 1.0


def noting(job: Job, passed: Sequence[str]) -> Callable[[], Awaitable[None]]:
    """Tell, once it is committed, which states a job has gone into."""

    async def tell() -> None:
        for status in passed:
            TRANSITIONS.of(job.kind, status).inc()
        if Status.COMPLETED.value in passed:
            measure(job)

    return tell


def measure(job: Job) -> None:
    if job.created_at and job.completed_at:
        TOOK.of(job.kind).observe((job.completed_at - job.created_at).total_seconds())
    for stage in job.stages:
        if stage.started_at and stage.finished_at:
            STAGES.of(stage.name).observe((stage.finished_at - stage.started_at).total_seconds())


class Completion:
    """Of jobs asked for lately that have ended. What was refused, or called off, had no chance to go well or badly."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], float] = time.time) -> None:
        self.engine, self.clock = engine, clock

    async def read(self) -> Iterable[Metric]:
        """Raises what a database that is away raises."""
        words = f"Share of the jobs of the last hour that went well, of the newest {NEWEST} that have ended.{MAX}"
        rate = GaugeMetricFamily("job_completion_rate", words, labels=["kind"])
        async with connected(self.engine) as connection:
            raw = (await connection.get_raw_connection()).driver_connection
            assert raw is not None
            for row in await raw.fetch(COMPLETED, first_id(self.clock() - LATELY), timeout=PATIENCE):
                rate.add_metric([row["kind"]], row["well"] / row["ended"])
        return [rate]


def first_id(moment: float) -> str:
    """Where the ids of that moment begin (UUIDv7; RFC 9562, section 5.7)."""
    milliseconds = f"{int(moment * 1000):012x}"
    return f"{milliseconds[:8]}-{milliseconds[8:]}"
