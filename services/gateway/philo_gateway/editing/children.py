"""Jobs that come of a job: they belong where it does, and are as urgent."""

from __future__ import annotations

from uuid_utils.compat import uuid7

from philo_contracts.events import JobQueued, JobRequested
from philo_contracts.job import Job
from philo_contracts.shapes import Brought, Export, Plan, Quote, VideoConfig
from philo_gateway.jobs import store
from philo_gateway.jobs.store import Held
from philo_kernel import telemetry
from philo_kernel.unit import Unit


def new_number() -> str:
    return str(uuid7())


def asked(
    unit: Unit,
    parent: Job,
    kind: str,
    *,
    config: VideoConfig,
    plan: Plan | None = None,
    export: Export | None = None,
    brought: Brought | None = None,
    number: str | None = None,
    quote: Quote | None = None,
) -> Held:
    """A new job, accepted. Without `brought` it has what its parent had, without `quote` it costs nothing."""
    number = number or new_number()
    one = store.begin(unit, number)
    same = parent.model_dump(include={"title", "priority", "max_retries", "retry_delay_seconds", "metadata"})
    about = {"job": number, "user": parent.user_id, "project": parent.project_id, "parent": parent.id}
    about |= {"session": parent.session_id, "trace_id": telemetry.trace_id()}
    if plan and plan.title:
        same["title"] = plan.title
    made_of = {"plan": plan, "export": export, "brought": brought or parent.brought, "quote": quote or Quote()}
    one.say(unit, JobRequested(kind=kind, config=config, **made_of, **about, **same))
    one.say(unit, JobQueued(job=number))
    return one
