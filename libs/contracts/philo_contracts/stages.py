"""The stages of a job, and how far each is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from philo_contracts.job import Job, Stage, StageName


def staged(job: Job, name: StageName | str, change: Callable[[Stage], Stage]) -> tuple[Stage, ...]:
    return tuple(change(stage) if stage.name == name else stage for stage in job.stages)


def begin(total: int, at: datetime) -> Callable[[Stage], Stage]:
    return lambda stage: stage.model_copy(update={"total": total, "started_at": at})


def done(steps: int, at: datetime) -> Callable[[Stage], Stage]:
    return lambda stage: reach(stage.done + steps, at)(stage)


def reach(steps: float, at: datetime) -> Callable[[Stage], Stage]:
    def step(stage: Stage) -> Stage:
        reached = min(float(stage.total), steps)
        return stage.model_copy(update={"done": reached, "finished_at": at if reached >= stage.total else None})

    return step
