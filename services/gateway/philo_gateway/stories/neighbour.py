"""A job's story as another service knows it, asked of it with the operator's own credentials."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import httpx
from pydantic import TypeAdapter

from philo_kernel.replay.story_chapter import Chapter, Told
from philo_kernel.replay.story_route import PREFIX, Testimony
from philo_kernel.replay.story_verdict import Verdict

PATIENCE = 10.0
"""Seconds that a service has to answer."""
VERDICTS = TypeAdapter(list[Verdict])


class NotTold(Exception):
    """A service did not tell its part. Says why in words for the operator who asked."""


class Source(Protocol):
    """Whoever knows a part of a story: `Archive` is gateway's own. What they do not say, they raise."""

    service: str

    async def chapter(self, job: str) -> Chapter: ...

    async def verdicts(self, job: str, facts: Sequence[Told]) -> list[Verdict]: ...


class Neighbour:
    """`url` is where the service answers. Everything here raises `NotTold` when it does not."""

    def __init__(self, service: str, url: str, client: httpx.AsyncClient, credentials: str) -> None:
        self.service, self.url, self.client, self.credentials = service, url.rstrip("/"), client, credentials

    async def chapter(self, job: str) -> Chapter:
        return Chapter.model_validate_json(await self._asked("GET", f"/{job}/chapter"))

    async def verdicts(self, job: str, facts: Sequence[Told]) -> list[Verdict]:
        told = Testimony(facts=list(facts)).model_dump_json()
        return VERDICTS.validate_json(await self._asked("POST", f"/{job}/verdicts", told))

    async def _asked(self, method: str, path: str, body: str | None = None) -> bytes:
        headers = {"Authorization": self.credentials, "Content-Type": "application/json"}
        try:
            answer = await self.client.request(
                method, f"{self.url}{PREFIX}{path}", headers=headers, content=body, timeout=PATIENCE
            )
        except httpx.HTTPError as error:
            raise NotTold(f"It does not answer ({type(error).__name__}).") from error
        if not answer.is_success:
            raise NotTold(f"It answered with status {answer.status_code}.")
        return answer.content
