"""The service that reads, asked at once."""

from __future__ import annotations

from typing import Any

import httpx
import structlog

from philo_gateway.quotas.places import Places
from philo_kernel.http.problems import ServiceUnavailable, Unprocessable

PATH = "/api/v1/analyses"
PATIENCE = 20.0
"""Seconds that it has for the longest script."""
AWAY = "Scripts cannot be read now. Try again in a moment, or ask for the film: then it is read when it can be."
UNREADABLE = "There is nothing in this script that a voice could say. Send at least one sentence."

log = structlog.stdlib.get_logger("philo.analyses")


class Analyses:
    """Nothing that is read is stored, so that `places` are all that bounds it here."""

    def __init__(self, url: str, client: httpx.AsyncClient, places: Places) -> None:
        self.address, self.client, self.places = f"{url.rstrip('/')}{PATH}", client, places

    async def read(self, user: str, wish: dict[str, Any]) -> bytes:
        """The answer, as JSON. Raises `Unprocessable` for what nobody can read, `ServiceUnavailable` when nobody does,
        and what `Places.of` raises."""
        async with self.places.of(user):
            return await self._read(wish)

    async def _read(self, wish: dict[str, Any]) -> bytes:
        try:
            answer = await self.client.post(self.address, json=wish, timeout=PATIENCE)
        except httpx.HTTPError as error:
            log.warning("scripts cannot be read", reason=repr(error))
            raise ServiceUnavailable(AWAY, retry_after=1) from error
        if answer.status_code == 422:
            raise Unprocessable(UNREADABLE, errors=[("/script", UNREADABLE)])
        if not answer.is_success:
            log.warning("scripts cannot be read", reason=f"status {answer.status_code}")
            raise ServiceUnavailable(AWAY, retry_after=1)
        return answer.content
