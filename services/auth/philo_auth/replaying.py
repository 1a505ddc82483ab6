"""What of auth's rows was said as facts as well. Passwords, addresses, logins and codes never were."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from philo_contracts.events import (
    ApiKeyIssued,
    ApiKeyRevoked,
    Event,
    SessionsEnded,
    SigningSecretIssued,
    SigningSecretRevoked,
    SubscriptionChanged,
    UserRegistered,
)
from philo_kernel.replay.projection import Balance, History, Projection, Row, Source, moment, plain


def yes(_: object) -> bool:
    """Whether there is a value: a row has its own clock."""
    return True


def accounts(story: History) -> Iterable[Row]:
    facts = [envelope.fact() for envelope in story.facts]
    generations = (fact.generation for fact in facts if isinstance(fact, SessionsEnded))
    generation = max(generations, default=0)
    registered = (fact for fact in facts if isinstance(fact, UserRegistered))
    return [{"id": story.key, "username": one.username, "session_generation": generation} for one in registered]


ACCOUNTS = Projection(
    table="account",
    story="id",
    identity=("id",),
    sources=(Source("auth", (UserRegistered, SessionsEnded)),),
    columns={"username": plain, "session_generation": plain},
    fold=accounts,
)


def subscriptions(story: History) -> Iterable[Row]:
    facts = [(envelope.fact(), envelope.streamversion) for envelope in story.facts]
    rows = [fact.model_dump(mode="json", exclude={"user"}) | {"version": version} for fact, version in facts]
    return [{"user_id": story.key, **rows[-1]}] if rows else []


SUBSCRIPTIONS = Projection(
    table="subscription",
    story="user_id",
    identity=("user_id",),
    sources=(Source("auth", (SubscriptionChanged,)),),
    columns={"tier": plain, "starts_at": moment, "ends_at": moment, "version": plain},
    fold=subscriptions,
)


def credentials(issued: type[Event], *told: str) -> Callable[[History], Iterable[Row]]:
    def rows(story: History) -> Iterable[Row]:
        found: dict[str, dict[str, Any]] = {}
        for envelope in story.facts:
            data = envelope.fact().model_dump(mode="json")
            if envelope.type == issued.__name__:
                found[data["key_id"]] = {name: data[name] for name in told} | {"revoked_at": None}
            else:
                found[data["key_id"]]["revoked_at"] = envelope.time
        return [{"id": name, "user_id": story.key, **row} for name, row in found.items()]

    return rows


API_KEYS = Projection(
    table="api_key",
    story="user_id",
    identity=("id",),
    sources=(Source("auth", (ApiKeyIssued, ApiKeyRevoked)),),
    columns={"user_id": plain, "digest": plain, "scopes": plain, "expires_at": moment, "revoked_at": yes},
    fold=credentials(ApiKeyIssued, "digest", "scopes", "expires_at"),
)
SIGNING_SECRETS = Projection(
    table="signing_secret",
    story="user_id",
    identity=("id",),
    sources=(Source("auth", (SigningSecretIssued, SigningSecretRevoked)),),
    columns={"user_id": plain, "revoked_at": yes},
    fold=credentials(SigningSecretIssued),
)
PROJECTIONS = (ACCOUNTS, SUBSCRIPTIONS, API_KEYS, SIGNING_SECRETS)
BALANCES: tuple[Balance, ...] = ()
