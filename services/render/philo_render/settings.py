"""What render is told by its environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import Field

from philo_kernel.outgoing.access import ApiKey, BaseUrl
from philo_kernel.settings import ServiceSettings


class RenderSettings(ServiceSettings):
    render_workers: int = Field(default_factory=lambda: max(1, os.cpu_count() or 1), ge=1, le=128)
    """Child processes that draw and encode, one core each."""
    render_scratch: Path | None = Field(default=None, description="Where films are joined; the system's own otherwise.")
    openai_base_url: BaseUrl = Field(default="https://api.openai.com/v1", description="Any OpenAI-compatible endpoint.")
    openai_api_key: ApiKey = Field(default=None, description="Without a key it paints nothing.")
    openai_image_model: str = Field(default="gpt-image-1", min_length=1)
    openai_image_quality: str | None = Field(
        default=None, description="In the model's own words; its usual one if unset."
    )
    stability_base_url: BaseUrl = "https://api.stability.ai"
    stability_api_key: ApiKey = Field(default=None, description="Without a key it paints nothing.")
    stability_image_model: str = Field(default="core", min_length=1)
    picture_timeout: float = Field(default=60, gt=0, le=600, description="Seconds for one attempt at a provider.")
    picture_retries: int = Field(default=3, ge=0, le=10, description="Attempts after the first.")
    picture_fallback: tuple[Literal["openai", "stability"], ...] = Field(
        default=(), description="Who is asked when the maker that is wished for cannot."
    )
    picture_prices: Path | None = Field(default=None, description="A price list instead of Philo's own.")
