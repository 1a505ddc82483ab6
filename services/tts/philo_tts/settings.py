"""What tts is told by its environment."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from pydantic import Field

from philo_kernel.outgoing.access import ApiKey, BaseUrl
from philo_kernel.settings import ServiceSettings
from philo_tts.music_providers.accounts import Account
from philo_tts.music_providers.dialects import DIALECTS

NOTHING = "Without a key it composes nothing."


class TtsSettings(ServiceSettings):
    tts_workers: int = Field(default_factory=lambda: max(1, os.cpu_count() or 1), ge=1, le=64)
    """Child processes that speak and play; each may hold a voice model of some 250 MB."""
    tts_models: Path = Path.home() / ".cache" / "philo" / "voices"
    """Where prepared voice models are kept."""
    speech_kept: timedelta = timedelta(days=30)
    """How long the index remembers a speech. The object itself outlives it."""
    musicgen_base_url: BaseUrl = Field(
        default=DIALECTS["musicgen"].url, description="Any endpoint that speaks like it."
    )
    musicgen_api_key: ApiKey = Field(default=None, description=NOTHING)
    musicgen_music_model: str = Field(default=DIALECTS["musicgen"].model, min_length=1)
    replicate_base_url: BaseUrl = DIALECTS["replicate"].url
    replicate_api_key: ApiKey = Field(default=None, description=NOTHING)
    replicate_music_model: str = Field(default=DIALECTS["replicate"].model, min_length=1, description="A version.")
    mubert_base_url: BaseUrl = DIALECTS["mubert"].url
    mubert_api_key: ApiKey = Field(default=None, description=NOTHING)
    mubert_account: str = Field(default="", description="The customer's id, which Mubert wants besides the key.")
    mubert_music_model: str = Field(default=DIALECTS["mubert"].model, min_length=1, description="A mode.")

    @property
    def music_accounts(self) -> dict[str, Account]:
        """Of those who compose for money, by the names that a film's `config` calls them by."""
        return {
            "musicgen": self._account("musicgen"),
            "replicate": self._account("replicate"),
            "mubert": self._account("mubert", self.mubert_account),
        }

    def _account(self, name: str, number: str = "") -> Account:
        told = {field: getattr(self, f"{name}_{field}") for field in ("api_key", "base_url")}
        return Account(account=number, model=getattr(self, f"{name}_music_model"), **told)
