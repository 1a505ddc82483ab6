"""API keys of a user: issued, listed, revoked; every service learns of them by their facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from philo_contracts.events.auth import ApiKeyIssued, ApiKeyRevoked
from philo_kernel.http.api_keys import StoredKey, digest_of, new_secret, written
from philo_kernel.http.pages import PageRequest, Place, refusal
from philo_kernel.http.problems import Conflict, NotFound, Unprocessable

from .domain import KEYS_A_USER, Scope
from .ports import Clock, Units
from .tables import Account, ApiKey


@dataclass(frozen=True)
class Keys:
    units: Units
    now: Clock

    async def issue(
        self, user: UUID, name: str, scopes: Sequence[Scope], expires_at: datetime | None
    ) -> tuple[ApiKey, str]:
        """A new key, and the text its owner sends, which is not kept. Raises `Unprocessable` or `Conflict`."""
        now, (key_id, secret) = self.now(), new_secret()
        if expires_at and expires_at <= now:
            raise Unprocessable("The key would be dead at birth.", errors=[("/expires_at", "Lies in the past.")])
        key = ApiKey(
            id=key_id,
            user_id=user,
            name=name,
            digest=digest_of(secret),
            scopes=[scope.value for scope in scopes],
            created_at=now,
            expires_at=expires_at,
        )
        async with self.units() as unit:
            await refuse_one_too_many(unit.session, user)
            unit.session.add(key)
            unit.say(issued(key), stream=f"api-key/{key_id}")
        return key, written(key_id, secret)

    async def page(self, user: UUID, wanted: PageRequest) -> Sequence[ApiKey]:
        """Keys that were not revoked, newest first, and one more than is shown."""
        newest = (col(ApiKey.created_at), col(ApiKey.id))
        query = select(ApiKey).where(col(ApiKey.user_id) == user, col(ApiKey.revoked_at).is_(None))
        if wanted.after:
            query = query.where(tuple_(*newest) < tuple_(*last_shown(wanted.after)))
        query = query.order_by(*(column.desc() for column in newest)).offset(wanted.skip).limit(wanted.fetch)
        async with self.units() as unit:
            return (await unit.session.scalars(query)).all()

    async def revoke(self, user: UUID, key_id: str) -> None:
        """Raises `NotFound` if this is none of the user's keys, or not any more."""
        mine = (col(ApiKey.id) == key_id, col(ApiKey.user_id) == user, col(ApiKey.revoked_at).is_(None))
        async with self.units() as unit:
            key = await unit.session.scalar(select(ApiKey).where(*mine).with_for_update())
            if key is None:
                raise NotFound("You have no API key with this id. It may have been revoked already.")
            key.revoked_at = self.now()
            unit.say(ApiKeyRevoked(user=str(user), key_id=key_id), stream=f"api-key/{key_id}", version=2)

    async def find(self, key_id: str) -> StoredKey | None:
        """For the kernel's identity: the key of this id, if it was not revoked."""
        alive = (col(ApiKey.id) == key_id, col(ApiKey.revoked_at).is_(None))
        async with self.units() as unit:
            key = await unit.session.scalar(select(ApiKey).where(*alive))
        return StoredKey(key.id, str(key.user_id), key.digest, frozenset(key.scopes), key.expires_at) if key else None


def last_shown(place: Place) -> tuple[datetime, str]:
    """Raises `Unprocessable` for the cursor of another list."""
    try:
        created_at, key_id = place
        return datetime.fromisoformat(str(created_at)).astimezone(UTC), str(key_id)
    except ValueError as error:
        raise refusal() from error


async def refuse_one_too_many(session: AsyncSession, user: UUID) -> None:
    # Two keys at once must not both be the last one: the account's row is where they wait.
    await session.execute(select(col(Account.id)).where(col(Account.id) == user).with_for_update())
    held = select(func.count()).where(col(ApiKey.user_id) == user, col(ApiKey.revoked_at).is_(None))
    if (await session.scalar(held) or 0) >= KEYS_A_USER:
        raise Conflict(f"You have {KEYS_A_USER} API keys, which is all there can be. Revoke one first.")


def issued(key: ApiKey) -> ApiKeyIssued:
    return ApiKeyIssued(
        user=str(key.user_id), key_id=key.id, digest=key.digest, scopes=tuple(key.scopes), expires_at=key.expires_at
    )
