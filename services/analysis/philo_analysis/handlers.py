"""A film that was asked for has its text read. An export has none; what an operator approved is read without judging."""

from __future__ import annotations

from philo_analysis.domain import reading_of
from philo_contracts.events import JobRequested, ModerationOverruled
from philo_kernel.handler import on
from philo_kernel.unit import Unit


@on(JobRequested)
async def plan_reading(event: JobRequested, unit: Unit) -> None:
    if event.export is None:
        unit.start(reading_of(event))


@on(ModerationOverruled)
async def plan_overruled_reading(event: ModerationOverruled, unit: Unit) -> None:
    unit.start(reading_of(event))
