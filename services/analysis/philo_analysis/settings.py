"""What analysis is told by its environment."""

from __future__ import annotations

from pydantic import Field, SecretStr

from philo_analysis.moderation import THRESHOLD
from philo_kernel.settings import ServiceSettings


class AnalysisSettings(ServiceSettings):
    moderation_threshold: float = Field(default=THRESHOLD, gt=0, le=1)
    llm_base_url: str = Field(default="https://api.openai.com/v1", description="Any OpenAI-compatible endpoint.")
    llm_api_key: SecretStr | None = Field(default=None, description="Without a key scripts are read offline.")
    llm_model: str = "gpt-4o-mini"
