"""What every service that works for jobs keeps of their attempts, as it follows from the facts of gateway. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from philo_contracts.envelope import Envelope
from philo_contracts.events import Event, JobCancelled, JobFailed, JobRequested, JobRetried
from philo_kernel.lives import ALL
from philo_kernel.replay.story_chapter import Part
from philo_kernel.replay.story_kept import Kept
from philo_kernel.work import Retries

QUERY = """
    select json_build_object('attempt', attempt, 'over', over, 'max_retries', max_retries, 'retry_delay', retry_delay)::text
    from job_life where job = $1"""
DAYS = 29
"""A day less than housekeeping leaves them: who looks on the last one must not take it for a difference."""


class LifeRow(Part):
    attempt: int = 1
    over: int = 0
    max_retries: int | None = None
    retry_delay: float | None = None


def folded(_job: str, facts: Sequence[Envelope]) -> LifeRow | None:
    """Most jobs have no row: they are tried once, and retried as the work itself says."""
    row: LifeRow | None = None
    for envelope in facts:
        row = after(row, envelope.fact())
    return row


def after(row: LifeRow | None, fact: Event) -> LifeRow | None:
    now = row or LifeRow()
    match fact:
        case JobRequested():
            usual = Retries()
            if (fact.max_retries + 1, fact.retry_delay_seconds) == (usual.attempts, usual.first.total_seconds()):
                return row
            return now.model_copy(update={"max_retries": fact.max_retries, "retry_delay": fact.retry_delay_seconds})
        case JobFailed():
            return now.model_copy(update={"over": max(now.over, fact.fault.attempt)})
        case JobRetried():
            over = max(now.over, fact.attempt - 1)
            return now.model_copy(update={"attempt": max(now.attempt, fact.attempt), "over": over})
        case JobCancelled():
            return now.model_copy(update={"over": ALL})
        case _:
            return row


LIVES = Kept(
    name="attempts",
    query=QUERY,
    of=(JobRequested, JobFailed, JobRetried, JobCancelled),
    fold=folded,
    shape=LifeRow,
    handlers=("note_terms", "stop_cancelled_work", "lay_work_aside", "take_work_up"),
    forgotten_after=timedelta(days=DAYS),
)
