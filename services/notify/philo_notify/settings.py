"""What notify is told by its environment."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from philo_kernel.sealing import SealingKeys
from philo_kernel.settings import ServiceSettings


class NotifySettings(ServiceSettings):
    jwks_url: str
    heartbeat_seconds: float = Field(default=15.0, gt=0)
    poll_seconds: float = Field(default=2.0, gt=0)
    """How late a message may be when every hint was lost."""
    streams_per_user: int = Field(default=20, ge=1)
    stream_patience: float = Field(default=10.0, gt=0)
    """Seconds that a client may leave one message unread."""
    feed_kept: timedelta = Field(default=timedelta(days=7), gt=timedelta(0))
    progress_kept: timedelta = Field(default=timedelta(hours=1), gt=timedelta(0))
    queue_seconds: float = Field(default=2.0, gt=0)
    """Between two looks at the queue."""
    webhook_secrets_key: SealingKeys | None = None
    webhooks_to_loopback: bool = False
    webhook_timeout: float = Field(default=15.0, gt=0)
    webhooks_per_user: int = Field(default=4, ge=1)
    """Webhooks of one user that one process brings something to at once; and tests of one user at once, at one replica."""
    webhook_tests_at_once: int = Field(default=50, ge=1)
    """Tests of webhooks under way at once at one replica, of all users."""
    deliveries_kept: timedelta = Field(default=timedelta(days=30), gt=timedelta(0))
