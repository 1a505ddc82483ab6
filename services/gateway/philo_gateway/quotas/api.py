"""`/auth/me/usage` on the wire. The path is auth's, what is known of it is gateway's."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from philo_gateway.quotas.usage import Usage, UsageResource
from philo_kernel.http.identity import Caller, allowed

router = APIRouter(prefix="/api/v1/auth/me", tags=["auth"])


def usage_of(request: Request) -> Usage:
    usage: Usage = request.app.state.usage
    return usage


@router.get("/usage")
async def read_usage(
    who: Annotated[Caller, Depends(allowed("jobs:read"))], usage: Annotated[Usage, Depends(usage_of)]
) -> UsageResource:
    """What you have used of your tier this month, and what is left."""
    return await usage.of(who.user)
