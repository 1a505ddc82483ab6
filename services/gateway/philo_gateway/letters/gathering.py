"""The dead letters of all services as one list."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from pydantic import Field

from philo_gateway.letters.neighbour import Neighbour
from philo_kernel.http.pages import Page, PageRequest, opened, sealed
from philo_kernel.http.problems import NotFound, ServiceUnavailable
from philo_kernel.letterbox import NO_LETTER, DeadLetterDetail, DeadLetterLine, Letterbox, Redriven, place


class DeadLetterPage(Page[DeadLetterLine]):
    """`unreachable` are services that did not answer: what they hold is not in this page."""

    unreachable: list[str] = Field(default_factory=list)


class Letters:
    """Gateway's own letters, and its neighbours'."""

    def __init__(self, own: Letterbox, neighbours: Sequence[Neighbour]) -> None:
        self.own = own
        self.neighbours = {one.service: one for one in neighbours}

    async def page(self, credentials: str, limit: int, cursor: str | None, service: str | None) -> DeadLetterPage:
        """Newest first, of one service or of all: a page of each makes a page of all, for they share one order."""
        wanted = PageRequest(limit=limit, after=opened(cursor) if cursor else None)
        own = [self.own.line(letter) for letter in await self.own.page(wanted)] if service in {None, "gateway"} else []
        asked = [one for one in self.neighbours.values() if service in {None, one.service}]
        answers = await asyncio.gather(*(self._page(one, credentials, limit, cursor) for one in asked))
        found = [*own, *(line for answer in answers if answer for line in answer.items)]
        found.sort(key=lambda line: (line.at, *place(line)), reverse=True)
        more = len(found) > limit or any(answer.next_cursor for answer in answers if answer)
        shown = found[:limit]
        return DeadLetterPage(
            items=shown,
            next_cursor=sealed(place(shown[-1])) if more and shown else None,
            unreachable=[one.service for one, answer in zip(asked, answers, strict=True) if answer is None],
        )

    async def one(self, credentials: str, letter: str) -> DeadLetterDetail:
        service = service_of(letter)
        if service == self.own.service:
            return await self.own.one(letter)
        if service not in self.neighbours:
            raise NotFound(NO_LETTER)
        return await self.neighbours[service].one(credentials, letter)

    async def redrive(self, credentials: str, letters: Sequence[str]) -> Redriven:
        """Raises `ServiceUnavailable` if a service does not answer; what the others hold is on its way back then."""
        wanted = list(dict.fromkeys(letters))
        answers, away = [], []
        for service in sorted({service_of(letter) for letter in wanted}):
            theirs = [letter for letter in wanted if service_of(letter) == service]
            try:
                answers.append(await self._redrive(credentials, service, theirs))
            except ServiceUnavailable:
                away.append(service)
        if away:
            words = (
                f"{', '.join(away)} did not answer; what the others hold is on its way back. Ask again for all of it."
            )
            raise ServiceUnavailable(words, retry_after=5)
        chosen = {letter for answer in answers for letter in answer.redriven}
        return Redriven(
            redriven=[letter for letter in wanted if letter in chosen],
            missing=[letter for letter in wanted if letter not in chosen],
        )

    async def _redrive(self, credentials: str, service: str, letters: list[str]) -> Redriven:
        if service == self.own.service:
            return await self.own.redrive(letters)
        if service not in self.neighbours:
            return Redriven(redriven=[], missing=letters)
        return await self.neighbours[service].redrive(credentials, letters)

    async def _page(
        self, one: Neighbour, credentials: str, limit: int, cursor: str | None
    ) -> Page[DeadLetterLine] | None:
        try:
            return await one.page(credentials, limit, cursor)
        except ServiceUnavailable:
            return None  # told as unreachable; the neighbour has logged why


def service_of(letter: str) -> str:
    return letter.rpartition("-")[0]
