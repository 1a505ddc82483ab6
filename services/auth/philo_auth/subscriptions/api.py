"""`/auth/users/{id}/subscription` on the wire: for operators."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from pydantic import AwareDatetime

from philo_auth.subscriptions.grants import Grant, Subscriptions
from philo_contracts.shapes import Tier, Value
from philo_kernel.http.identity import operator

router = APIRouter(prefix="/api/v1/auth/users", tags=["auth"], dependencies=[Depends(operator)])


class SubscriptionWish(Value):
    """Without `starts_at` it holds from now on, without `ends_at` until it is taken back."""

    tier: Tier
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None


class SubscriptionResource(Value):
    user_id: str
    tier: Tier
    starts_at: datetime
    ends_at: datetime | None

    @classmethod
    def of(cls, user: UUID, grant: Grant) -> SubscriptionResource:
        return cls(user_id=str(user), tier=grant.tier, starts_at=grant.starts_at, ends_at=grant.ends_at)


def subscriptions_of(request: Request) -> Subscriptions:
    subscriptions: Subscriptions = request.app.state.subscriptions
    return subscriptions


Granting = Annotated[Subscriptions, Depends(subscriptions_of)]


@router.put("/{user_id}/subscription")
async def grant_subscription(user_id: UUID, wish: SubscriptionWish, subscriptions: Granting) -> SubscriptionResource:
    """Grant a tier; it replaces what was granted before. Operators only."""
    granted = await subscriptions.grant(user_id, wish.tier, wish.starts_at, wish.ends_at)
    return SubscriptionResource.of(user_id, granted)


@router.delete("/{user_id}/subscription", status_code=204)
async def take_back_subscription(user_id: UUID, subscriptions: Granting) -> None:
    """Back to the free tier at once. Operators only."""
    await subscriptions.take_back(user_id)
