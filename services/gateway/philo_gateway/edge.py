"""What every request passes first: which pages may ask, and how often anybody may."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from starlette.middleware import Middleware
from starlette.requests import HTTPConnection

from philo_gateway.settings import GatewaySettings
from philo_kernel.http.counting import Counter
from philo_kernel.http.limits import Limits, RateLimited, method_of
from philo_kernel.http.rates import Bucket
from philo_kernel.http.security import cross_origin

LOGINS = tuple(f"/api/v1/auth/{one}" for one in ("login", "register", "send-verification", "verify-phone", "session"))
ANALYSES = "/api/v1/analyses"
WEBHOOK_TEST = re.compile(r"/api/v1/webhooks/[^/]+/test")


@dataclass(frozen=True)
class EdgeLimits(Limits):
    """The same, and rates of their own for what costs more than most writing."""

    settings: GatewaySettings

    def of_user(self, connection: HTTPConnection, user: str) -> Iterator[Bucket]:
        yield from super().of_user(connection, user)
        posted = connection.scope["path"] if method_of(connection) == "POST" else ""
        if posted == ANALYSES and (rate := self.settings.rate_limit_analyses):
            yield Bucket("analyses", rate, user)
        if WEBHOOK_TEST.fullmatch(posted) and (rate := self.settings.rate_limit_webhook_tests):
            yield Bucket("webhook-tests", rate, user)


def edge(settings: GatewaySettings, counter: Counter | None) -> list[Middleware]:
    """A page's preflight is answered before anything is counted; without a `counter` nothing is."""
    origins = [origin.strip() for origin in settings.cors_origins.split(",") if origin.strip()]
    counted = [Middleware(RateLimited, limits=EdgeLimits(settings, counter, LOGINS))] if counter else []
    return [*cross_origin(origins), *counted]
