"""What was paid is booked as it is told, and what was put aside for nothing is given back when a job has ended."""

from __future__ import annotations

import structlog

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
from philo_gateway.jobs.store import held
from philo_gateway.money import ledger
from philo_gateway.money.amounts import month_of
from philo_gateway.money.domain import Holding, release, spend
from philo_gateway.money.prices import Prices
from philo_gateway.money.telling import tell
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
        if unit.cause is None:
            raise RuntimeError("a call is told of by a fact")
        one, call, at = await held(unit, fact.job), fact.call, unit.cause.time
        amount = prices.of_call(call, at.date())
        if amount is None:
            log.warning("a call has no price", **call.model_dump(include={"id", "service", "provider", "model"}))
        user = one.job.user_id
        if not await ledger.note(unit.connection, user, fact.job, call, amount, at) or not amount:
            return
        month = await ledger.month_of_job(unit.connection, fact.job, month_of(one.job.created_at or at))
        await ledger.locked_month(unit.connection, user, month)
        moves = spend(await ledger.of_job(unit.connection, fact.job), amount)
        await ledger.book(unit.connection, user, month, fact.job, "spend", moves, call.id)
        await tell(unit, one)

    return record_call


@on(JobCompleted, JobFailed, JobRefused, JobCancelled)
async def settle_account(fact: Ended, unit: Unit) -> None:
    """What is left of what was put aside is free again. A job that was begun anew meanwhile keeps it."""
    now = await ledger.of_job(unit.connection, fact.job)
    if unit.cause is None or now == Holding():
        return
    one = await held(unit, fact.job)
    if one.job.status not in FINAL:
        return
    if now.reserved:
        user, month = one.job.user_id, await ledger.month_of_job(unit.connection, fact.job, month_of(unit.cause.time))
        await ledger.locked_month(unit.connection, user, month)
        moves = release(await ledger.of_job(unit.connection, fact.job))
        await ledger.book(unit.connection, user, month, fact.job, "release", moves)
    await tell(unit, one)
