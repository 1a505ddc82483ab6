"""A job's story put together of what every service tells."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import httpx
import structlog

from philo_gateway.stories.neighbour import Neighbour, NotTold, Source
from philo_kernel.replay.story import Away, Story, story_of
from philo_kernel.replay.story_chapter import Chapter, Told
from philo_kernel.replay.story_route import Archive
from philo_kernel.replay.story_verdict import Verdict

log = structlog.stdlib.get_logger("philo.stories")


class Stories:
    """Gateway's own store, and where its neighbours answer, by name."""

    def __init__(self, own: Archive, urls: Mapping[str, str], client: httpx.AsyncClient) -> None:
        self.own, self.urls, self.client = own, urls, client

    def sources(self, credentials: str) -> list[Source]:
        return [self.own, *(Neighbour(name, url, self.client, credentials) for name, url in self.urls.items())]


@dataclass(frozen=True)
class Gathered:
    """What those who answered told, in the order in which they were asked, and who did not."""

    chapters: Sequence[Chapter]
    away: Sequence[Away]


async def gathered(sources: Sequence[Source], job: str) -> Gathered:
    """Ask all at once. A service that is away is named, and its part is missing."""
    answers = await asyncio.gather(*(chapter_of(source, job) for source in sources))
    return Gathered(
        [answer for answer in answers if isinstance(answer, Chapter)],
        [answer for answer in answers if isinstance(answer, Away)],
    )


async def chapter_of(source: Source, job: str) -> Chapter | Away:
    try:
        return await source.chapter(job)
    except NotTold as error:
        return away(source, error)


def told(found: Gathered, job: str) -> Story:
    return story_of(job, found.chapters, found.away)


async def judged(sources: Sequence[Source], job: str) -> tuple[list[Verdict], list[Away]]:
    """What each keeps, held by itself against the facts of all. Without the facts of somebody who is away a state that
    builds on them will differ: who is away is told beside."""
    found = await gathered(sources, job)
    facts = [fact for chapter in found.chapters for fact in chapter.told]
    wants = {chapter.service: chapter.wants for chapter in found.chapters}
    asked = [source for source in sources if wants.get(source.service)]
    answers = await asyncio.gather(*(verdicts_of(one, job, of(facts, wants[one.service])) for one in asked))
    silent = [answer for answer in answers if isinstance(answer, Away)]
    return [verdict for answer in answers if isinstance(answer, list) for verdict in answer], [*found.away, *silent]


async def verdicts_of(source: Source, job: str, facts: Sequence[Told]) -> list[Verdict] | Away:
    try:
        return await source.verdicts(job, facts)
    except NotTold as error:
        return away(source, error)


def of(facts: Iterable[Told], kinds: Iterable[str]) -> list[Told]:
    wanted = frozenset(kinds)
    return [fact for fact in facts if fact.type in wanted]


def away(source: Source, error: NotTold) -> Away:
    log.warning("a service does not tell its part of a story", service=source.service, reason=str(error))
    return Away(service=source.service, why=str(error))
