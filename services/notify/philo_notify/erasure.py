"""Somebody has deleted their account: nothing is kept to be told to them, and streams in their name end."""

from __future__ import annotations

from philo_contracts.events import UserErased
from philo_kernel.handler import Handler, on
from philo_kernel.unit import Unit
from philo_notify.handlers import Wake
from philo_notify.wakes import WHATEVER

# Their keys are known until `know_api_key` hears of it, which comes after this.
ANSWERS = """
    delete from idempotency_key where owner = 'user/' || $1::text
      or owner in (select 'key/' || id from api_key where user_id = $1)"""
# What was to be delivered goes with its webhook.
THEIRS = ("webhook", "feed", "feed_floor", "job_view", "queue_job", "ticket", "reader")
FORGET = (ANSWERS, *(f"delete from {table} where user_id = $1" for table in THEIRS))  # noqa: S608 - our own words


def forgetting(wake: Wake) -> Handler:
    """The handler; `wake` lets streams look once more, which find that they have ended."""

    @on(UserErased)
    async def erase_feed(fact: UserErased, unit: Unit) -> None:
        for statement in FORGET:
            await unit.connection.execute(statement, fact.user)
        unit.after_commit(lambda: wake({fact.user: WHATEVER}))

    return erase_feed
