"""What gateway hears, how it reacts and what it works on. `main.py` runs it, replay runs it without effects."""

from __future__ import annotations

from datetime import timedelta

from philo_gateway.assets.handlers import know_asset
from philo_gateway.assets.tasks import discard
from philo_gateway.editing.handlers import settle_edit
from philo_gateway.erasure import erase_user
from philo_gateway.greetings.hellos import hear_hello
from philo_gateway.jobs.deadlines import deadlines, watch
from philo_gateway.jobs.handlers import advance_job
from philo_gateway.money.handlers import booking, settle_account
from philo_gateway.money.prices import Prices
from philo_gateway.quotas.handlers import know_minutes, know_subscription
from philo_gateway.signed.secrets import know_signing_secret
from philo_kernel.clearing import clear
from philo_kernel.handler import Handler
from philo_kernel.known_keys import know_api_key
from philo_kernel.known_sessions import know_ended_sessions

LISTENS_TO = ("auth", "gateway", "analysis", "tts", "render", "notify")
TASKS = (discard, watch, clear)


def handlers(job_limit: timedelta, prices: Prices) -> tuple[Handler, ...]:
    """`job_limit` is how long nothing may be heard of a job, `prices` what calls are booked at."""
    return (
        erase_user,
        advance_job,
        *deadlines(job_limit),
        settle_edit,
        booking(prices),
        settle_account,
        know_asset,
        know_api_key,
        know_ended_sessions,
        know_subscription,
        know_minutes,
        know_signing_secret,
        hear_hello,
    )
