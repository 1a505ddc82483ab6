"""A job has one trace, from the request that asked for it on: what is asked of it later goes on there."""

from __future__ import annotations

from contextlib import AbstractContextManager

from philo_gateway.jobs.store import stream_of
from philo_kernel import telemetry
from philo_kernel.unit import Unit

BEGAN = "select traceparent from event where stream = $1 and version = 1"


async def going_on(unit: Unit, job: str, name: str) -> AbstractContextManager[telemetry.Span]:
    """A span in the job's own trace, with a link to the request that we are in."""
    began = await unit.connection.fetchval(BEGAN, stream_of(job))
    return telemetry.span(name, began, links=[telemetry.current()], correlation=job)
