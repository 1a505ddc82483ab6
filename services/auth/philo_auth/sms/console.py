"""For one's own machine: the message stands in the log, and nobody has to pay for it."""

from __future__ import annotations

import structlog

log = structlog.stdlib.get_logger("philo.sms")


class ConsoleSms:
    """Settings refuse it wherever a run is not local."""

    async def send(self, phone: str, text: str) -> None:
        log.warning("a message that would be sent; shown because this run is local", phone=phone, text=text)
