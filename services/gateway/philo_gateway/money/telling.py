"""A job says what it costs by now, if that is news."""

from __future__ import annotations

from philo_contracts.events import CostRecorded
from philo_contracts.job import FINAL
from philo_gateway.jobs.store import Held
from philo_gateway.money import ledger
from philo_gateway.money.domain import cost_of, worth_telling
from philo_kernel.unit import Unit


async def tell(unit: Unit, one: Held) -> bool:
    """Whether there was anything to say."""
    now = await ledger.of_job(unit.connection, one.job.id)
    news = worth_telling(one.job.cost, now, ended=one.job.status in FINAL)
    if news:
        one.say(unit, CostRecorded(job=one.job.id, **cost_of(now)))
    return news
