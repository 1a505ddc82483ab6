"""Analysis as replay puts it together: it reads and judges by itself; whom it asks answers what was answered then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx2

from philo_analysis.extractive import ExtractiveReader
from philo_analysis.judging import HiredJudge, Judge, RulesJudge
from philo_analysis.moderation import THRESHOLD, KeywordModerator
from philo_analysis.providers.fallback import FallbackReader
from philo_analysis.providers.openai import OpenAIReader
from philo_analysis.providers.openai_moderation import OpenAIModerator
from philo_analysis.reactions import HANDLERS, LISTENS_TO, TASKS
from philo_analysis.reading import ProviderTimedOut, Reader
from philo_analysis.settings import AnalysisSettings
from philo_analysis.tasks import Ports
from philo_kernel.outgoing.line import Line
from philo_kernel.replay.composition import Composition, Terms
from philo_kernel.replay.forbidden import forbidden_ports
from philo_kernel.replay.rerun_answers import Answers, RecordedTransport, at_once
from philo_kernel.settings import told_by

NOWHERE = "http://replay.invalid/v1"


def composition(terms: Terms | None = None, answers: Answers | None = None) -> Composition:
    told: dict[str, Any] = dict(terms or {})
    threshold = told.get("threshold", THRESHOLD)
    asked = {"judge": judge_of(told, answers), "reader": reader_of(told, answers)} if answers else {}
    ports = forbidden_ports(Ports, threshold=threshold, **asked)
    return Composition("analysis", LISTENS_TO, HANDLERS, TASKS, ports)


def terms_of(told: Mapping[str, str]) -> Terms:
    settings = told_by(AnalysisSettings, told)
    models = [
        {
            "settings": names,
            "provider": getattr(settings, f"{names.lower()}_provider"),
            "model": getattr(settings, f"{names.lower()}_model"),
            "retries": settings.llm_retries,
        }
        for names in ("LLM", "LLM_FALLBACK")
        if getattr(settings, f"{names.lower()}_api_key")
    ]
    judge = {name: getattr(settings, f"moderation_{name}") for name in ("provider", "when_away", "model", "retries")}
    return {"threshold": settings.moderation_threshold, "models": models, "judge": judge}


def reader_of(told: dict[str, Any], answers: Answers) -> Reader:
    hired = [model_of(one, answers) for one in told.get("models", ())]
    return FallbackReader(hired) if hired else ExtractiveReader()


def model_of(told: dict[str, Any], answers: Answers) -> OpenAIReader:
    provider, terms = told["provider"], at_once(told["retries"])
    line = Line(provider, "text", terms=terms, late=ProviderTimedOut)
    transport = RecordedTransport(answers, provider, "text")
    return OpenAIReader(
        line, base_url=NOWHERE, api_key="none", model=told["model"], settings=told["settings"], transport=transport
    )


def judge_of(told: dict[str, Any], answers: Answers) -> Judge:
    rules, judge = KeywordModerator(), told.get("judge", {"provider": "rules"})
    if judge["provider"] == "rules":
        return RulesJudge(rules)
    line = Line("openai", "moderation", terms=at_once(judge["retries"]), who="OpenAI", late=ProviderTimedOut)
    transport: httpx2.AsyncBaseTransport = RecordedTransport(answers, "openai", "moderation")
    hired = OpenAIModerator(line, base_url=NOWHERE, api_key="none", model=judge["model"], transport=transport)
    return HiredJudge(rules, hired, judge["provider"], judge["when_away"], told.get("threshold", THRESHOLD))
