"""What was paid is booked as it is told, and what was put aside for nothing is given back when a job has ended."""

from __future__ import annotations

from functools import partial

import structlog

from philo_contracts.envelope import Envelope
from philo_contracts.events import (
    JobCancelled,
    JobCompleted,
    JobFailed,
    JobRefused,
    LanguageModelCalled,
    PictureProviderCalled,
    SoundProviderCalled,
)
from philo_contracts.job import FINAL
from philo_gateway.jobs.store import Held, held
from philo_gateway.money import figures, ledger
from philo_gateway.money.booking import Booking, at_the_end
from philo_gateway.money.domain import Entries, Holding, release, spend
from philo_gateway.money.prices import Prices
from philo_kernel.handler import Handler, on
from philo_kernel.unit import Unit

Called = LanguageModelCalled | SoundProviderCalled | PictureProviderCalled
Ended = JobCompleted | JobFailed | JobRefused | JobCancelled

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def booking(prices: Prices) -> Handler:
    """The handler that prices calls by this list."""

    @on(LanguageModelCalled, SoundProviderCalled, PictureProviderCalled)
    async def record_call(fact: Called, unit: Unit) -> None:
        """A call that is told twice is booked once; one that is told when the job has ended is spent all the same."""
        cause, call = cause_of(unit), fact.call
        one = await held(unit, fact.job)
        amount = prices.of_call(call, cause.time.date())
        if amount is None:
            log.warning("a call has no price", **call.model_dump(include={"id", "service", "provider", "model"}))
        if not await ledger.note(unit.connection, one.job.user_id, fact.job, call, amount, cause.time):
            return
        unit.after_commit(figures.noting(call, amount))
        if amount:
            at_the_end(unit, Booking(one, cause, "spend", partial(spend, amount=amount), call.id))

    return record_call


@on(JobCompleted, JobFailed, JobRefused, JobCancelled)
async def settle_account(fact: Ended, unit: Unit) -> None:
    """What is left of what was put aside is free again."""
    if await ledger.of_job(unit.connection, fact.job) != Holding():
        one = await held(unit, fact.job)
        at_the_end(unit, Booking(one, cause_of(unit), "release", partial(given_back, one)))


def given_back(one: Held, now: Holding) -> Entries:
    """A job that was begun anew meanwhile keeps it."""
    return release(now) if one.job.status in FINAL else ()


def cause_of(unit: Unit) -> Envelope:
    if unit.cause is None:
        raise RuntimeError("money moves because of a fact")
    return unit.cause
