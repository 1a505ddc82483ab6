"""Auth, put together: who is asking, and how they prove it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version

from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncEngine

from philo_kernel.http.app import application
from philo_kernel.http.identity import Identity
from philo_kernel.http.keys import KnownKeys
from philo_kernel.readiness import Started, checks
from philo_kernel.service import Service, prepare
from philo_kernel.settings import load
from philo_kernel.unit import unit_of_work

from .accounts import Accounts, Clock
from .api import Auth, published, router
from .keys import Keys
from .passwords import Passwords
from .sessions import Sessions
from .settings import AuthSettings
from .signing import Signer


def utc_now() -> datetime:
    return datetime.now(UTC)


def api(
    settings: AuthSettings,
    engine: AsyncEngine,
    started: Started,
    *,
    hasher: PasswordHasher | None = None,
    now: Clock = utc_now,
) -> FastAPI:
    """The HTTP application over one database; `hasher` and `now` are for tests."""
    units = partial(unit_of_work, engine, "auth")
    passwords = Passwords(hasher or PasswordHasher(), at_once=settings.auth_hashers)
    signer, keys = Signer(settings.signing_key), Keys(units, now)
    app = application(
        "auth",
        version("philo-auth"),
        router,
        published,
        checks=checks(settings, engine, started),
        identity=Identity(KnownKeys({signer.kid: signer.public_key}), keys),
        body_limit=settings.http_body_limit,
        debug=settings.log_level == "debug",
    )
    app.state.auth = Auth(Accounts(units, passwords, now), Sessions(units, now), keys, signer)
    return app


def main() -> None:
    settings = load(AuthSettings)
    engine, started = prepare("auth", settings), Started()
    Service("auth", settings, engine, api=api(settings, engine, started), started=started).run()


if __name__ == "__main__":
    main()
