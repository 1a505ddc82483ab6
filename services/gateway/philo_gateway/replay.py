"""Gateway as replay puts it together: the jobs, their money and what is known of users, and nobody to reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from philo_contracts.envelope import Envelope
from philo_contracts.events import CostRecorded, Event, JobRequested, JobRetried
from philo_gateway.jobs.deadlines import SOFT_LIMIT
from philo_gateway.jobs.handlers import reconsider
from philo_gateway.jobs.store import Held, begin, held
from philo_gateway.money import ledger
from philo_gateway.money.amounts import month_of
from philo_gateway.money.domain import Holding, reserve
from philo_gateway.money.prices import Prices
from philo_gateway.reactions import LISTENS_TO, TASKS, handlers
from philo_gateway.settings import GatewaySettings
from philo_kernel.replay.composition import Composition, Terms
from philo_kernel.replay.forbidden import forbidden
from philo_kernel.replay.rerun_answers import Answers
from philo_kernel.settings import told_by
from philo_kernel.unit import Unit


def composition(terms: Terms | None = None, answers: Answers | None = None) -> Composition:  # noqa: ARG001 - asks nobody
    told: dict[str, Any] = dict(terms or {})
    limit = timedelta(seconds=told["job_limit"]) if "job_limit" in told else SOFT_LIMIT
    prices = Prices.model_validate(told["prices"]) if "prices" in told else Prices.read()
    return Composition("gateway", LISTENS_TO, handlers(limit, prices), TASKS, forbidden("uploads"), take)


def terms_of(told: Mapping[str, str]) -> Terms:
    settings = told_by(GatewaySettings, told)
    prices = settings.price_list.model_dump(mode="json", by_alias=True)
    return {"job_limit": settings.job_limit.total_seconds(), "prices": prices}


async def take(unit: Unit, facts: Sequence[Envelope]) -> None:
    """Somebody has asked for something: what was said of it then is said of the job, and what it costs is put aside."""
    for envelope in facts:
        fact = envelope.fact()
        one = begin(unit, fact.job) if isinstance(fact, JobRequested) else await held(unit, fact.belongs_to)
        await put_aside(unit, one, envelope, fact)
        one.say(unit, fact)
    if any(envelope.type == JobRetried.__name__ for envelope in facts):
        reconsider(one, unit)  # what was finished elsewhere while it had failed
        unit.cause = None


async def put_aside(unit: Unit, one: Held, envelope: Envelope, fact: Event) -> None:
    """What the fact tells of, less what is booked already."""
    job = fact.belongs_to
    booked = (await ledger.of_job(unit.connection, job)).granted
    match fact:
        case JobRequested():
            user, amount = fact.user, fact.quote.reserved
        case CostRecorded():
            user, amount = one.job.user_id, fact.reserved - booked
        case _:
            return
    if amount > Decimal(0):
        month = month_of(envelope.time)
        await ledger.locked_month(unit.connection, user, month)
        await ledger.book(unit.connection, user, month, job, "reserve", reserve(amount, Holding(), amount))
