"""How tasks go: how long they wait and take, and how they end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from time import perf_counter

from pgqueuer.errors import RetryRequested
from pgqueuer.models import Job

from philo_kernel.metrics.instruments import LONG, counter, gauge, histogram

DURATIONS = histogram(
    "task_duration_seconds",
    "One try of a task, by how it went: ended (well, or given up), again (it is tried again later), left (its worker goes).",
    "task",
    "outcome",
    buckets=LONG,
)
WAITS = histogram(
    "task_wait_seconds", "From the moment at which a task might begin to that at which it did.", "task", buckets=LONG
)
FAILURES = counter("task_failures_total", "Tasks that were given up; each lies in the dead letters.", "task")
RUNNING = gauge("tasks_running", "Tasks in work.", "task")
CAPACITY = gauge("worker_capacity_tasks", "Tasks that the worker holds at once at most.").of()


@contextmanager
def carried_out(job: Job) -> Iterator[None]:
    """Count and time the try that is made in here."""
    name, began, outcome = job.entrypoint, perf_counter(), "left"
    running = RUNNING.of(name)
    WAITS.of(name).observe(max(0.0, (datetime.now(UTC) - max(job.created, job.execute_after)).total_seconds()))
    running.inc()
    try:
        yield
        outcome = "ended"
    except RetryRequested as wish:
        outcome = "again" if wish.delay else "left"
        raise
    finally:
        running.dec()
        DURATIONS.of(name, outcome).observe(perf_counter() - began)
