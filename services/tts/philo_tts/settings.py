"""What tts is told by its environment."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from pydantic import Field

from philo_kernel.settings import ServiceSettings


class TtsSettings(ServiceSettings):
    tts_workers: int = Field(default_factory=lambda: max(1, os.cpu_count() or 1), ge=1, le=64)
    """Child processes that speak and play; each may hold a voice model of some 250 MB."""
    tts_models: Path = Path.home() / ".cache" / "philo" / "voices"
    """Where prepared voice models are kept."""
    speech_kept: timedelta = timedelta(days=30)
    """How long the index remembers a speech. The object itself outlives it."""
