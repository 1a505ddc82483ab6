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
from philo_kernel.outgoing.client import bounded_client
from philo_kernel.readiness import Started, checks
from philo_kernel.sealing import sealer_of
from philo_kernel.service import Service, prepare
from philo_kernel.settings import load
from philo_kernel.unit import unit_of_work

from . import api as paths
from . import forgetting, page
from .accounts import Accounts, LoginTerms
from .cookies import PageCookies
from .farewells import Farewells
from .keys import Keys
from .passwords import Passwords
from .phone_codes import CodeTerms, PhoneCodes
from .phone_logins import PhoneLogins
from .ports import Clock
from .reactions import HANDLERS, LISTENS_TO
from .rooms import Auth
from .sessions import Sessions
from .settings import AuthSettings
from .signatures import api as signatures_api
from .signatures.issuing import SigningSecrets
from .signing import Signer
from .sms.console import ConsoleSms
from .sms.http import READ, Carrier, HttpSms, body_of
from .sms.port import Sms
from .subscriptions import api as subscriptions_api
from .subscriptions.grants import Subscriptions
from .throttle import Throttle


def utc_now() -> datetime:
    return datetime.now(UTC)


def api(
    settings: AuthSettings,
    engine: AsyncEngine,
    started: Started,
    *,
    sms: Sms | None = None,
    hasher: PasswordHasher | None = None,
    now: Clock = utc_now,
) -> FastAPI:
    """The HTTP application over one database; `hasher` and `now` are for tests. Without `sms` phones are not used."""
    units = partial(unit_of_work, engine, "auth")
    key, signer, keys = settings.hash_key, Signer(*settings.signing_keys), Keys(units, now)
    throttle, sessions = Throttle(units, now, key), Sessions(units, now, key)
    codes = PhoneCodes(units, now, throttle, sms, key, code_terms(settings))
    app = application(
        "auth",
        version("philo-auth"),
        paths.router,
        page.router,
        subscriptions_api.router,
        signatures_api.router,
        paths.published,
        checks=checks(settings, engine, started),
        identity=Identity(KnownKeys(signer.public_keys()), keys, sessions),
        body_limit=settings.http_body_limit,
        debug=settings.log_level == "debug",
    )
    subscriptions = Subscriptions(units, now)
    app.state.subscriptions, app.state.idempotency = subscriptions, engine
    app.state.signing_secrets = SigningSecrets(units, now, sealer_of(settings.signing_secrets_key))
    passwords = Passwords(hasher or PasswordHasher(), at_once=settings.auth_hashers)
    app.state.auth = Auth(
        Accounts(units, passwords, now, throttle, login_terms(settings)),
        PhoneLogins(units, now, codes, throttle, settings.wrong_codes_a_phone, settings.wrong_codes_an_address),
        codes,
        sessions,
        keys,
        signer,
        PageCookies(frozenset(settings.auth_origins), settings.auth_cookie_secure),
        subscriptions.standing,
        Farewells(units),
    )
    return app


def code_terms(settings: AuthSettings) -> CodeTerms:
    return CodeTerms(
        lasts=settings.code_lasts,
        attempts=settings.code_attempts,
        pause=settings.code_pause,
        a_phone=settings.codes_a_phone,
        an_address=settings.codes_an_address,
        text=settings.sms_text,
    )


def login_terms(settings: AuthSettings) -> LoginTerms:
    return LoginTerms(settings.logins_from_one, settings.logins_an_account, settings.logins_an_address)


def carrier(settings: AuthSettings) -> Carrier:
    assert settings.sms_url, "settings refuse an HTTP provider without an address"
    return Carrier(
        url=settings.sms_url,
        key=settings.sms_key,
        header=settings.sms_header,
        body=body_of(settings.sms_body),
        encoding=settings.sms_encoding,
        timeout=settings.sms_timeout,
    )


def main() -> None:
    settings = load(AuthSettings)
    engine, started, client = prepare("auth", settings), Started(), bounded_client(READ)
    sms: dict[str, Sms | None] = {"none": None, "console": ConsoleSms()}
    chosen = HttpSms(client, carrier(settings)) if settings.sms_provider == "http" else sms[settings.sms_provider]
    Service(
        "auth",
        settings,
        engine,
        listens_to=LISTENS_TO,
        unhurried=True,
        handlers=HANDLERS,
        api=api(settings, engine, started, sms=chosen),
        started=started,
        parts={"forgetting": partial(forgetting.keep, engine)},
        closing=(client.aclose,),
    ).run()


if __name__ == "__main__":
    main()
