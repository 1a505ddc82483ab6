"""What notify is told by its environment."""

from __future__ import annotations

from philo_kernel.settings import ServiceSettings


class NotifySettings(ServiceSettings):
    jwks_url: str
    heartbeat_seconds: float = 15.0
    poll_seconds: float = 2.0
    """How late a message may be when every hint was lost."""
