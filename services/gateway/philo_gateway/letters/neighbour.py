"""The dead letters of another service, asked of it with the operator's own credentials."""

from __future__ import annotations

from typing import Any

import httpx
import structlog

from philo_kernel.http.letters import PREFIX
from philo_kernel.http.pages import Page
from philo_kernel.http.problems import NotFound, ServiceUnavailable
from philo_kernel.letterbox import NO_LETTER, DeadLetterDetail, DeadLetterLine, Redrive, Redriven

PATIENCE = 5.0
"""Seconds that a service has to answer."""
LINES = Page[DeadLetterLine]

log = structlog.stdlib.get_logger("philo.letters")


class Neighbour:
    """`url` is where the service answers. Everything here raises `ServiceUnavailable` when it does not."""

    def __init__(self, service: str, url: str, client: httpx.AsyncClient) -> None:
        self.service, self.url, self.client = service, url.rstrip("/"), client

    async def page(self, credentials: str, limit: int, cursor: str | None) -> Page[DeadLetterLine]:
        wanted = {"limit": str(limit)} | ({"cursor": cursor} if cursor else {})
        return LINES.model_validate_json(await self._asked("GET", "", credentials, params=wanted))

    async def one(self, credentials: str, letter: str) -> DeadLetterDetail:
        """Raises `NotFound`."""
        return DeadLetterDetail.model_validate_json(await self._asked("GET", f"/{letter}", credentials))

    async def redrive(self, credentials: str, letters: list[str]) -> Redriven:
        wish = Redrive(ids=letters).model_dump()
        return Redriven.model_validate_json(await self._asked("POST", "/redrive", credentials, json=wish))

    async def _asked(self, method: str, path: str, credentials: str, **sent: Any) -> bytes:  # noqa: ANN401 - as httpx takes it
        address, headers = f"{self.url}{PREFIX}{path}", {"Authorization": credentials}
        try:
            answer = await self.client.request(method, address, headers=headers, timeout=PATIENCE, **sent)
        except httpx.HTTPError as error:
            raise self._away(repr(error)) from error
        if answer.status_code == 404:
            raise NotFound(NO_LETTER)
        if not answer.is_success:
            raise self._away(f"status {answer.status_code}")
        return answer.content

    def _away(self, reason: str) -> ServiceUnavailable:
        log.warning("dead letters cannot be asked for", service=self.service, reason=reason)
        return ServiceUnavailable(
            f"The {self.service} service does not tell its dead letters. Try again.", retry_after=5
        )
