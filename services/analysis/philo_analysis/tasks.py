"""Reading: moderation first, then scenes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from philo_analysis.domain import Read, analyzed, as_planned, rejected, request_of
from philo_analysis.moderation import Moderator, verdict
from philo_analysis.reading import Reader, ReadingError
from philo_analysis.text.languages import detect
from philo_contracts.events import AnalysisFailed, Event, ModerationStarted, ScriptApproved
from philo_contracts.shapes import Fault, Moderation
from philo_kernel.limits import Limits, minutes
from philo_kernel.work import Hopeless, Passing, Say, task


@dataclass(frozen=True)
class Ports:
    moderator: Moderator
    reader: Reader
    threshold: float


def unread(work: Read, fault: Fault) -> AnalysisFailed:
    return AnalysisFailed(job=work.job, fault=fault)


@task(Read, limits=Limits(minutes(10), minutes(11)), failed=unread)
async def read(work: Read, ports: Ports, say: Say) -> Event:
    """Nothing is generated from words that were not approved."""
    await say(ModerationStarted(job=work.job, user=work.user))
    try:
        moderation = await judged(work, ports.moderator)
        if verdict(moderation, ports.threshold) == "rejected":
            return rejected(work, moderation)
        await say(ScriptApproved(job=work.job, moderation=moderation))
        return as_planned(work, work.plan) if work.plan else analyzed(work, await ports.reader.read(request_of(work)))
    except ReadingError as error:
        if error.retryable:
            raise Passing(str(error), error.code) from error
        raise Hopeless(error.code, str(error)) from error


async def judged(work: Read, moderator: Moderator) -> Moderation:
    """Words that were approved before are not judged again."""
    words = work.new_words
    return await moderator.judge(words, await language_of(work)) if words else Moderation(score=0)


async def language_of(work: Read) -> str:
    """Found beside the event loop, for the text may be long."""
    if work.plan:
        return work.plan.language
    if work.config.language:
        return work.config.language
    return await asyncio.to_thread(detect, work.text)
