"""`/providers` on the wire."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from philo_gateway.providers.shapes import ProviderStatus, ProviderTest
from philo_gateway.providers.status import Providers
from philo_kernel.http.identity import Caller, allowed, operator

router = APIRouter(prefix="/api/v1/providers", tags=["operation"])


def providers_of(request: Request) -> Providers:
    providers: Providers = request.app.state.providers
    return providers


Known = Annotated[Providers, Depends(providers_of)]


@router.get("/status")
async def read_provider_status(
    _who: Annotated[Caller, Depends(allowed("jobs:read"))], providers: Known
) -> list[ProviderStatus]:
    """How those are who read, judge, paint and play for money, as all replicas know it. Empty where no key is set."""
    return await providers.listed()


@router.post("/test")
async def look_at_provider(
    wish: ProviderTest, _who: Annotated[Caller, Depends(operator)], providers: Known
) -> list[ProviderStatus]:
    """Look now whether a provider is well, by something that costs nothing; even while it is left alone. For operators."""
    return await providers.test(wish)
