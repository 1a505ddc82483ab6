"""Who may sign requests, as it follows from what auth has told. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from philo_contracts.events import SigningSecretIssued, SigningSecretRevoked
from philo_kernel.replay.projection import History, Projection, Row, Source, plain


def secrets(story: History) -> Iterable[Row]:
    found: dict[str, dict[str, Any]] = {}
    for fact in (envelope.fact() for envelope in story.facts):
        match fact:
            case SigningSecretIssued():
                found.setdefault(fact.key_id, {"sealed": fact.sealed, "revoked": False})
            case SigningSecretRevoked():
                found[fact.key_id] = {"sealed": "", "revoked": True}
    return [{"id": name, "user_id": story.key, **told} for name, told in found.items()]


SIGNING_SECRETS = Projection(
    table="signing_secret",
    story="user_id",
    identity=("id",),
    sources=(Source("auth", (SigningSecretIssued, SigningSecretRevoked), "know_signing_secret"),),
    columns={"user_id": plain, "sealed": plain, "revoked": plain},
    fold=secrets,
    fresh={},
)
