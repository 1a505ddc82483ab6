"""Granting a tier and taking it back; every service learns of it by the fact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select

from philo_auth.ports import Clock, Units
from philo_auth.subscriptions.tables import Subscription
from philo_auth.tables import Account
from philo_contracts.events.auth import SubscriptionChanged
from philo_contracts.shapes import Tier
from philo_kernel.http.problems import NotFound, Unprocessable
from philo_kernel.unit import Unit

NOBODY = "There is no account with this id. `GET /api/v1/auth/me` tells somebody theirs."


@dataclass(frozen=True)
class Standing:
    """What somebody is, at one moment: their role, their tier, and until when they have it."""

    role: str | None = None
    tier: Tier = Tier.FREE
    ends_at: datetime | None = None

    def claims(self) -> dict[str, str]:
        """What an access token says of it."""
        return {"tier": self.tier.value} | ({"role": self.role} if self.role else {})


@dataclass(frozen=True)
class Grant:
    """A tier from `starts_at` until `ends_at`, or without an end."""

    tier: Tier
    starts_at: datetime
    ends_at: datetime | None = None

    def holds(self, now: datetime) -> bool:
        return self.starts_at <= now and (self.ends_at is None or now < self.ends_at)


@dataclass(frozen=True)
class Subscriptions:
    units: Units
    now: Clock

    async def grant(self, user: UUID, tier: Tier, starts_at: datetime | None, ends_at: datetime | None) -> Grant:
        """Replace what was granted before. Raises `NotFound`, or `Unprocessable` for a time that cannot be."""
        now = self.now()
        wish = Grant(tier, starts_at or now, ends_at)
        if ends_at and ends_at <= max(now, wish.starts_at):
            words = "Lies before its beginning, or in the past."
            raise Unprocessable("The subscription would never hold.", errors=[("/ends_at", words)])
        async with self.units() as unit:
            row = await locked(unit, user)
            if starts_at is None and row and (row.tier, row.ends_at) == (tier, ends_at) and granted(row).holds(now):
                return granted(row)
            return await changed(unit, user, row, wish)

    async def take_back(self, user: UUID) -> None:
        """Back to the free tier, now; nothing happens to those who are there. Raises `NotFound`."""
        async with self.units() as unit:
            row = await locked(unit, user)
            if row and row.tier != Tier.FREE:
                await changed(unit, user, row, Grant(Tier.FREE, self.now()))

    async def standing(self, user: UUID) -> Standing:
        """What they are now. Of nobody we know, what everybody is."""
        query = select(Account.role, Subscription).join_from(
            Account, Subscription, col(Subscription.user_id) == col(Account.id), isouter=True
        )
        async with self.units() as unit:
            found = (await unit.session.execute(query.where(col(Account.id) == user))).first()
        role, row = found or (None, None)
        if row is None or not granted(row).holds(self.now()):
            return Standing(role)
        return Standing(role, Tier(row.tier), row.ends_at)


def granted(row: Subscription) -> Grant:
    return Grant(Tier(row.tier), row.starts_at, row.ends_at)


async def locked(unit: Unit, user: UUID) -> Subscription | None:
    """What was granted last; the account's row is where two operators wait for each other. Raises `NotFound`."""
    if await unit.session.get(Account, user, with_for_update=True) is None:
        raise NotFound(NOBODY)
    found: Subscription | None = await unit.session.get(Subscription, user)
    return found


async def changed(unit: Unit, user: UUID, row: Subscription | None, grant: Grant) -> Grant:
    version = row.version + 1 if row else 1
    tier, starts_at, ends_at = grant.tier, grant.starts_at, grant.ends_at
    await unit.session.merge(
        Subscription(user_id=user, tier=tier.value, starts_at=starts_at, ends_at=ends_at, version=version)
    )
    fact = SubscriptionChanged(user=str(user), tier=tier, starts_at=starts_at, ends_at=ends_at)
    unit.say(fact, stream=f"subscription/{user}", version=version)
    return grant
