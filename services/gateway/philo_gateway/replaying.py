"""What gateway keeps beside the facts, for who checks or rebuilds it.

Projects, sessions, budgets and promises were never facts; first answers and used signatures are forgotten soon.
"""

from __future__ import annotations

from philo_gateway.assets.replaying import ASSETS
from philo_gateway.jobs.replaying import JOBS
from philo_gateway.money.replaying import BALANCES, CALLS
from philo_gateway.quotas.replaying import FILM_SECONDS, SUBSCRIBERS
from philo_gateway.signed.replaying import SIGNING_SECRETS
from philo_kernel.replay.projection_known import API_KEYS, ENDED_SESSIONS, LIVES

PROJECTIONS = (
    JOBS,
    CALLS,
    ASSETS,
    FILM_SECONDS,
    SUBSCRIBERS,
    SIGNING_SECRETS,
    API_KEYS,
    ENDED_SESSIONS,
    LIVES,
)
__all__ = ["BALANCES", "PROJECTIONS"]
