"""What analysis is told by its environment."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from philo_analysis.judging import WhenAway
from philo_analysis.moderation import THRESHOLD
from philo_kernel.outgoing.access import ApiKey, BaseUrl
from philo_kernel.settings import ServiceSettings

OPENAI = "https://api.openai.com/v1"
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{0,39}$")]


class AnalysisSettings(ServiceSettings):
    moderation_threshold: float = Field(default=THRESHOLD, gt=0, le=1)
    moderation_provider: Literal["rules", "openai", "both"] = Field(default="rules", description="Who judges.")
    moderation_when_away: WhenAway = Field(default="rules", description="closed: nothing passes while it is away.")
    moderation_base_url: BaseUrl = Field(default=OPENAI, description="Any endpoint with OpenAI's /moderations.")
    moderation_api_key: ApiKey = Field(default=None, description="Needed unless the rules judge alone.")
    moderation_model: str = Field(default="omni-moderation-latest", min_length=1)
    moderation_timeout: float = Field(default=60, gt=0, le=600, description="Seconds for one attempt.")
    moderation_retries: int = Field(default=3, ge=0, le=10, description="Attempts after the first.")
    llm_provider: Name = Field(default="openai", description="What the provider is called in usage, prices and health.")
    llm_base_url: BaseUrl = Field(default=OPENAI, description="Any OpenAI-compatible endpoint.")
    llm_api_key: ApiKey = Field(default=None, description="Without a key scripts are read offline.")
    llm_model: str = Field(default="gpt-4o-mini", min_length=1)
    llm_timeout: float = Field(default=60, gt=0, le=600, description="Seconds for one attempt.")
    llm_retries: int = Field(default=3, ge=0, le=10, description="Attempts after the first.")
    llm_fallback_provider: Name = Field(default="fallback", description="The same of the one who is asked next.")
    llm_fallback_base_url: BaseUrl = OPENAI
    llm_fallback_api_key: ApiKey = Field(default=None, description="Without a key nobody is asked next.")
    llm_fallback_model: str = Field(default="gpt-4o-mini", min_length=1)

    @model_validator(mode="after")
    def can_judge(self) -> Self:
        if self.moderation_provider != "rules" and self.moderation_api_key is None:
            raise ValueError("MODERATION_API_KEY is not set, and MODERATION_PROVIDER needs it")
        return self

    @model_validator(mode="after")
    def told_apart(self) -> Self:
        if self.llm_fallback_api_key and self.llm_fallback_provider == self.llm_provider:
            raise ValueError("LLM_PROVIDER and LLM_FALLBACK_PROVIDER have to differ: each has a health of its own")
        return self
