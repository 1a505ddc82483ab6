"""Who judges a text: the rules, an endpoint, or both; and what holds when the endpoint is away."""

from __future__ import annotations

from typing import Literal, Protocol

import structlog

from philo_analysis.moderation import KeywordModerator, verdict
from philo_contracts.shapes import Moderation, Value
from philo_kernel.outgoing.faults import Failing, LeftAlone
from philo_kernel.work import Hopeless

RULES_ALONE = "moderated_by_rules"
Who = Literal["openai", "both"]
WhenAway = Literal["rules", "closed"]

log = structlog.stdlib.get_logger("philo.moderation")


class Judgement(Value):
    """`notices` are codes of what a person should know: `moderated_by_rules` when the endpoint could not be asked."""

    moderation: Moderation
    notices: tuple[str, ...] = ()


class Judge(Protocol):
    """Judges a text before anything is made of it. Raises `Failing`, `LeftAlone` or `Hopeless` when nothing may pass
    unjudged."""

    async def judge(self, text: str, language: str) -> Judgement: ...


class Hired(Protocol):
    """Somebody outside who judges."""

    async def judge(self, text: str) -> Moderation: ...


class RulesJudge:
    """The rules alone."""

    def __init__(self, rules: KeywordModerator) -> None:
        self._rules = rules

    async def judge(self, text: str, language: str) -> Judgement:
        return Judgement(moderation=await self._rules.judge(text, language))


class HiredJudge:
    """An endpoint, or `both`: then the stricter of the two counts, and what the rules reject is shown to nobody else.

    While it is away the rules decide, unless `away` is `closed`: then nothing passes until it is back.
    """

    def __init__(self, rules: KeywordModerator, hired: Hired, who: Who, away: WhenAway, threshold: float) -> None:
        self._rules, self._hired, self._who, self._away, self._threshold = rules, hired, who, away, threshold

    async def judge(self, text: str, language: str) -> Judgement:
        ours = await self._rules.judge(text, language) if self._who == "both" else None
        if ours and verdict(ours, self._threshold) == "rejected":
            return Judgement(moderation=ours)
        try:
            theirs = await self._hired.judge(text)
        except (Failing, LeftAlone, Hopeless) as fault:
            if self._away == "closed":
                raise
            log.warning("the rules judge alone", error=str(fault))
            return Judgement(moderation=ours or await self._rules.judge(text, language), notices=(RULES_ALONE,))
        return Judgement(moderation=stricter(ours, theirs) if ours else theirs)


def stricter(one: Moderation, other: Moderation) -> Moderation:
    """The higher score; the categories of both, those of the higher score first."""
    low, high = sorted((one, other), key=lambda found: found.score)
    return Moderation(score=high.score, categories=tuple(dict.fromkeys((*high.categories, *low.categories))))
