"""What gateway is told by its environment."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field, SecretStr

from philo_kernel.settings import ServiceSettings


class GatewaySettings(ServiceSettings):
    auth_url: str = Field(description="Where auth answers, for the reverse proxy.")
    notify_url: str = Field(description="Where notify answers, for the reverse proxy.")
    tts_url: str = Field(description="Where tts answers, for the reverse proxy.")
    render_url: str = Field(description="Where render answers, for the reverse proxy.")
    jwks_url: str
    media_signing_key: SecretStr = Field(min_length=32, description="Signs links to what jobs made.")
    media_links_last: timedelta = timedelta(hours=6)
    picture_limit: int = Field(default=50 * 1024 * 1024, ge=1024, description="Bytes of an uploaded picture.")
    footage_limit: int = Field(default=100 * 1024 * 1024, ge=1024, description="Bytes of uploaded footage.")
    audio_limit: int = Field(default=100 * 1024 * 1024, ge=1024, description="Bytes of an uploaded track.")
    font_limit: int = Field(default=30 * 1024 * 1024, ge=1024, description="Bytes of an uploaded font.")
