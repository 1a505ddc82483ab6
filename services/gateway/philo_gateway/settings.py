"""What gateway is told by its environment."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import NoDecode

from philo_contracts.shapes import Tier
from philo_gateway.money.prices import MAKERS, Maker, Prices
from philo_gateway.quotas.tiers import Limits, Tiers, read_tiers
from philo_kernel.http.limits import RateLimits, Written
from philo_kernel.http.rates import Rate
from philo_kernel.sealing import SealingKeys
from philo_kernel.settings import ServiceSettings


def price_list(path: object) -> Prices:
    try:
        return Prices.read(Path(str(path)) if path else None)
    except OSError as error:
        raise ValueError(f"cannot be read: {error.strerror}") from error


def tier_list(path: object) -> Tiers:
    try:
        return read_tiers(Path(str(path)) if path else None)
    except OSError as error:
        raise ValueError(f"cannot be read: {error.strerror}") from error


TierList = Annotated[dict[Tier, Limits], NoDecode, BeforeValidator(tier_list)]
PriceList = Annotated[Prices, NoDecode, BeforeValidator(price_list)]
PaidProvider = Annotated[Maker, BeforeValidator(lambda told: told if isinstance(told, Maker) else Maker.read(told))]


class GatewaySettings(RateLimits, ServiceSettings):
    auth_url: str = Field(description="Where auth answers, for the reverse proxy.")
    analysis_url: str = Field(description="Where analysis answers, for `/analyses` and its dead letters.")
    notify_url: str = Field(description="Where notify answers, for the reverse proxy.")
    tts_url: str = Field(description="Where tts answers, for the reverse proxy.")
    render_url: str = Field(description="Where render answers, for the reverse proxy.")
    jwks_url: str
    cors_origins: str = Field(default="", description="Origins of pages, with commas; * is any.")
    media_signing_key: SecretStr = Field(min_length=32, description="Signs links to what jobs made.")
    media_links_last: timedelta = timedelta(hours=6)
    picture_limit: int = Field(default=50 * 1024 * 1024, ge=1024, description="Bytes of an uploaded picture.")
    footage_limit: int = Field(default=100 * 1024 * 1024, ge=1024, description="Bytes of uploaded footage.")
    audio_limit: int = Field(default=100 * 1024 * 1024, ge=1024, description="Bytes of an uploaded track.")
    font_limit: int = Field(default=30 * 1024 * 1024, ge=1024, description="Bytes of an uploaded font.")
    uploads_at_once: int = Field(
        default=32, ge=1, description="Uploads on their way at one replica; each takes some 10 MiB of its memory."
    )
    uploads_per_user: int = Field(default=8, ge=1, description="Of those, uploads of one user.")
    analyses_at_once: int = Field(default=8, ge=1, description="Scripts that one replica has read at once.")
    analyses_per_user: int = Field(default=2, ge=1, description="Of those, scripts of one user.")
    rate_limit_analyses: Written = Field(default=Rate(60, 60), description="Per user, as requests/seconds.")
    rate_limit_webhook_tests: Written = Field(default=Rate(20, 60), description="Per user, as requests/seconds.")
    projects_per_user: int = Field(default=1000, ge=1, description="Projects that one user has at most.")
    price_list: PriceList = Field(default=None, validate_default=True, description="A file in place of Philo's own.")
    paid_providers: tuple[PaidProvider, ...] = Field(
        default=MAKERS, description="Whom this installation asks for money: what estimates are made of."
    )
    max_retries: int = Field(default=3, ge=0, le=10, description="Of a job that names none.")
    retry_delay_seconds: float = Field(default=60, ge=0, le=3600, description="Of a job that names none.")
    job_limit: timedelta = Field(
        default=timedelta(hours=1), gt=timedelta(0), description="Then a still job is given up."
    )
    tiers: TierList = Field(
        default=None, validate_default=True, description="A file of figures in place of Philo's own."
    )
    queue_limit: int = Field(default=100, ge=1, description="Jobs of a user that may be on their way at once.")
    signing_secrets_key: SealingKeys | None = Field(
        default=None, description="Opens the secrets that people sign requests with; that of auth."
    )
    budget_per_month: Decimal | None = Field(
        default=None, ge=0, description="US dollars for everybody; unset: by tier."
    )
