"""Facts of webhooks, said by notify: the stream `delivery/<id>` tells how each delivery ended."""

from __future__ import annotations

from philo_contracts.events.base import Event
from philo_contracts.events.hello import HelloAnswered


class WebhookDelivered(Event, source="notify"):
    """A receiver took a delivery, with the `attempts`-th attempt. `event` is what it was told of: `job.completed`."""

    user: str
    webhook: str
    delivery: str
    event: str
    job: str | None = None
    attempts: int


class WebhookFailed(Event, source="notify"):
    """A delivery was given up after so many attempts. `paused`: its receiver is left alone until its owner says so."""

    user: str
    webhook: str
    delivery: str
    event: str
    job: str | None = None
    attempts: int
    reason: str
    paused: bool


class NotifySaidHello(HelloAnswered, source="notify"):
    """Notify hears gateway, and is heard."""
