"""What gateway is told by its environment."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field, SecretStr

from philo_kernel.settings import ServiceSettings


class GatewaySettings(ServiceSettings):
    auth_url: str = Field(description="Where auth answers, for the reverse proxy.")
    notify_url: str = Field(description="Where notify answers, for the reverse proxy.")
    jwks_url: str
    media_signing_key: SecretStr = Field(min_length=32, description="Signs links to what jobs made.")
    media_links_last: timedelta = timedelta(hours=6)
