"""What auth needs of whoever carries short messages."""

from __future__ import annotations

from typing import Protocol

from philo_kernel.http.problems import ServiceUnavailable


class SmsFailed(ServiceUnavailable):
    slug, title = "sms-failed", "The message could not be sent"


class Sms(Protocol):
    async def send(self, phone: str, text: str) -> None:
        """Hand a text to the carrier for a phone in E.164. Raises `SmsFailed`."""
        ...
