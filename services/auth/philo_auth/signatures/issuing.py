"""Signing secrets of a user: issued, listed, revoked; gateway learns of them by their facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func
from sqlmodel import col, select

from philo_auth.ports import Clock, Units
from philo_auth.signatures.tables import SigningSecret
from philo_auth.tables import Account
from philo_contracts.events.auth import SigningSecretIssued, SigningSecretRevoked
from philo_kernel.http.api_keys import new_secret
from philo_kernel.http.problems import Conflict, NotFound
from philo_kernel.sealing import Sealer
from philo_kernel.unit import Unit

SECRETS_A_USER = 10


class NotSetUp(Conflict):
    slug, title = "not-set-up", "This installation does not offer this"


@dataclass(frozen=True)
class SigningSecrets:
    """Without a sealer none can be issued: nobody could verify what they sign."""

    units: Units
    now: Clock
    sealer: Sealer | None

    async def issue(self, user: UUID, name: str) -> tuple[SigningSecret, str]:
        """A new one, and its text, which only its owner will know. Raises `NotSetUp` or `Conflict`."""
        if self.sealer is None:
            raise NotSetUp("Signed requests are switched off here. Its operator can set SIGNING_SECRETS_KEY.")
        key_id, text = new_secret()
        row = SigningSecret(id=key_id, user_id=user, name=name, created_at=self.now())
        sealed = self.sealer.seal(text, f"{user}/{key_id}")
        async with self.units() as unit:
            await refuse_one_too_many(unit, user)
            unit.session.add(row)
            fact = SigningSecretIssued(user=str(user), key_id=key_id, sealed=sealed)
            unit.say(fact, stream=f"signing-secret/{key_id}")
        return row, text

    async def listed(self, user: UUID) -> Sequence[SigningSecret]:
        """Those that were not revoked, newest first."""
        query = select(SigningSecret).where(*alive(user)).order_by(col(SigningSecret.created_at).desc())
        async with self.units() as unit:
            return (await unit.session.scalars(query)).all()

    async def revoke(self, user: UUID, key_id: str) -> None:
        """Raises `NotFound` if this is none of the user's, or not any more."""
        query = select(SigningSecret).where(*alive(user), col(SigningSecret.id) == key_id)
        async with self.units() as unit:
            row = await unit.session.scalar(query.with_for_update())
            if row is None:
                raise NotFound("You have no signing secret with this id. It may have been revoked already.")
            row.revoked_at = self.now()
            fact = SigningSecretRevoked(user=str(user), key_id=key_id)
            unit.say(fact, stream=f"signing-secret/{key_id}", version=2)


def alive(user: UUID) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Of this user, and not revoked."""
    return col(SigningSecret.user_id) == user, col(SigningSecret.revoked_at).is_(None)


async def refuse_one_too_many(unit: Unit, user: UUID) -> None:
    # Two at once must not both be the last one: the account's row is where they wait.
    await unit.session.get(Account, user, with_for_update=True)
    held = await unit.session.scalar(select(func.count()).select_from(SigningSecret).where(*alive(user)))
    if (held or 0) >= SECRETS_A_USER:
        raise Conflict(f"You have {SECRETS_A_USER} signing secrets, which is all there can be. Revoke one first.")
