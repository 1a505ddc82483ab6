"""What operators and users are told of providers."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from philo_kernel.outgoing.health import Health


class Trouble(BaseModel):
    """Its last failure, in words that a person understands."""

    code: str
    message: str


class ProviderStatus(BaseModel):
    """One provider of one service. `degraded` has failed lately; `unhealthy` is left alone for now, as `circuit` tells:
    `half_open` sends one request to see. Nobody has asked it yet where `last_check` is null."""

    provider: str
    service: str = Field(description="text, moderation, speech, music or picture")
    status: Literal["healthy", "degraded", "unhealthy"]
    last_check: datetime | None
    consecutive_failures: int
    average_response_time_ms: float | None
    cost_per_request: Decimal | None = Field(description="US dollars, the mean of its last hundred priced answers.")
    circuit: Literal["closed", "open", "half_open"]
    trouble: Trouble | None


class ProviderTest(BaseModel):
    """`timeout` is in seconds."""

    model_config = ConfigDict(extra="forbid")

    provider: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,39}$")] = Field(examples=["openai"])
    timeout: float = Field(default=10, gt=0, le=60)


def status_of(key: str, health: Health, cost: Decimal | None, now: float) -> ProviderStatus:
    """`key` is `service/provider`; `now` is in seconds since 1970."""
    service, _, provider = key.partition("/")
    return ProviderStatus(
        provider=provider,
        service=service,
        status=health.status(),
        last_check=datetime.fromtimestamp(health.checked_at, UTC) if health.checked_at else None,
        consecutive_failures=health.failures,
        average_response_time_ms=round(health.seconds * 1000, 1) if health.seconds is not None else None,
        cost_per_request=cost,
        circuit=health.circuit(now),
        trouble=Trouble(code=health.code, message=health.words) if health.words else None,
    )
