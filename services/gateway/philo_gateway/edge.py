"""What every request passes first: which pages may ask, and how often anybody may."""

from __future__ import annotations

from starlette.middleware import Middleware

from philo_gateway.settings import GatewaySettings
from philo_kernel.http.counting import Counter
from philo_kernel.http.limits import Limits, RateLimited
from philo_kernel.http.security import cross_origin

LOGINS = tuple(f"/api/v1/auth/{one}" for one in ("login", "register", "send-verification", "verify-phone", "session"))


def edge(settings: GatewaySettings, counter: Counter | None) -> list[Middleware]:
    """A page's preflight is answered before anything is counted; without a `counter` nothing is."""
    origins = [origin.strip() for origin in settings.cors_origins.split(",") if origin.strip()]
    counted = [Middleware(RateLimited, limits=Limits(settings, counter, LOGINS))] if counter else []
    return [*cross_origin(origins), *counted]
