"""What render is told by its environment."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import Field

from philo_kernel.settings import ServiceSettings


class RenderSettings(ServiceSettings):
    render_workers: int = Field(default_factory=lambda: max(1, os.cpu_count() or 1), ge=1, le=128)
    """Child processes that draw and encode, one core each."""
    render_scratch: Path | None = Field(default=None, description="Where films are joined; the system's own otherwise.")
