"""Reading: moderation first, then scenes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from philo_analysis.domain import Read, analyzed, as_planned, rejected, request_of
from philo_analysis.judging import Judge, Judgement
from philo_analysis.moderation import verdict
from philo_analysis.reading import Reader, ReadingError
from philo_analysis.text.languages import detect
from philo_contracts.events import (
    AnalysisFailed,
    Event,
    LanguageModelCalled,
    ModerationStarted,
    ScriptAnalyzed,
    ScriptApproved,
)
from philo_contracts.shapes import Fault, Moderation, ProviderCall
from philo_kernel.limits import Limits, minutes
from philo_kernel.outgoing.calls import heard_by
from philo_kernel.outgoing.faults import LeftAlone
from philo_kernel.work import Hopeless, Passing, Say, task


@dataclass(frozen=True)
class Ports:
    judge: Judge
    reader: Reader
    threshold: float


def unread(work: Read, fault: Fault) -> AnalysisFailed:
    return AnalysisFailed(job=work.job, fault=fault)


@task(Read, limits=Limits(minutes(10), minutes(11)), failed=unread)
async def read(work: Read, ports: Ports, say: Say, said: Sequence[Event] = ()) -> Event:
    """Nothing is generated from words that were not approved, by a judge or by an operator.

    Words that an earlier run of this has approved are not judged again: that may have been paid for.
    """

    async def tell(call: ProviderCall) -> None:
        await say(LanguageModelCalled(job=work.job, call=call))

    try:
        with heard_by(tell):
            return await (understood(work, ports.reader) if work.overruled else moderated(work, ports, say, said))
    except LeftAlone as error:
        if error.hopeless:
            raise Hopeless(error.code, str(error)) from error
        raise
    except ReadingError as error:
        if error.retryable:
            raise Passing(str(error), error.code) from error
        raise Hopeless(error.code, str(error)) from error


async def moderated(work: Read, ports: Ports, say: Say, said: Sequence[Event]) -> Event:
    await say(ModerationStarted(job=work.job, user=work.user))
    judgement = approved_before(said) or await judged(work, ports.judge)
    if verdict(judgement.moderation, ports.threshold) == "rejected":
        return rejected(work, judgement.moderation)
    await say(ScriptApproved(job=work.job, moderation=judgement.moderation))
    return noticed(await understood(work, ports.reader), judgement.notices)


def approved_before(said: Sequence[Event]) -> Judgement | None:
    approved = next((fact for fact in said if isinstance(fact, ScriptApproved)), None)
    return Judgement(moderation=approved.moderation) if approved else None


async def judged(work: Read, judge: Judge) -> Judgement:
    """Words that were approved before are not judged again."""
    words = work.new_words
    return await judge.judge(words, await language_of(work)) if words else Judgement(moderation=Moderation(score=0))


async def understood(work: Read, reader: Reader) -> ScriptAnalyzed:
    """What was understood before is not read again."""
    return as_planned(work, work.plan) if work.plan else analyzed(work, await reader.read(request_of(work)))


def noticed(told: ScriptAnalyzed, notices: tuple[str, ...]) -> ScriptAnalyzed:
    return told.model_copy(update={"warnings": (*told.warnings, *notices)}) if notices else told


async def language_of(work: Read) -> str:
    """Found beside the event loop, for the text may be long."""
    if work.plan:
        return work.plan.language
    if work.config.language:
        return work.config.language
    return await asyncio.to_thread(detect, work.text)
