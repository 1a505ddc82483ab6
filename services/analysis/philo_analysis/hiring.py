"""Who reads and judges, by the settings. Their libraries are a quarter of the start, and for some only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from philo_analysis.extractive import ExtractiveReader
from philo_analysis.judging import HiredJudge, Judge, RulesJudge
from philo_analysis.moderation import KeywordModerator
from philo_analysis.providers.fallback import FallbackReader
from philo_analysis.reading import ProviderTimedOut, Reader
from philo_analysis.settings import AnalysisSettings
from philo_kernel.outgoing.access import ApiKey
from philo_kernel.outgoing.line import Line
from philo_kernel.outgoing.switchboard import Switchboard, terms_of

Close = Callable[[], Awaitable[None]]


def reader_of(settings: AnalysisSettings, board: Switchboard) -> tuple[Reader, list[Close]]:
    """A model reads when there is a key for one; the text itself is read otherwise. And what to close at the end."""
    models = (
        ("LLM", settings.llm_provider, settings.llm_base_url, settings.llm_api_key, settings.llm_model),
        (
            "LLM_FALLBACK",
            settings.llm_fallback_provider,
            settings.llm_fallback_base_url,
            settings.llm_fallback_api_key,
            settings.llm_fallback_model,
        ),
    )
    hired = [
        _model(_line(settings, board, name), names, url, key, model) for names, name, url, key, model in models if key
    ]
    if not hired:
        return ExtractiveReader(), []
    readers, closing = zip(*hired, strict=True)
    return FallbackReader(readers), list(closing)


def _line(settings: AnalysisSettings, board: Switchboard, name: str) -> Line:
    terms = terms_of(settings, timeout=settings.llm_timeout, retries=settings.llm_retries)
    return board.line(name, "text", terms=terms, late=ProviderTimedOut)


def _model(line: Line, names: str, url: str, key: ApiKey, model: str) -> tuple[Reader, Close]:
    from philo_analysis.providers.openai import OpenAIReader  # noqa: PLC0415

    assert key is not None
    reader = OpenAIReader(line, base_url=url, api_key=key.get_secret_value(), model=model, settings=names)
    return reader, reader.close


def judge_of(settings: AnalysisSettings, board: Switchboard) -> tuple[Judge, list[Close]]:
    """And what to close at the end."""
    rules, key = KeywordModerator(), settings.moderation_api_key
    if settings.moderation_provider == "rules" or key is None:
        return RulesJudge(rules), []
    from philo_analysis.providers.openai_moderation import OpenAIModerator  # noqa: PLC0415

    hired = OpenAIModerator(
        board.line("openai", "moderation", terms=terms_of(settings), who="OpenAI", late=ProviderTimedOut),
        base_url=settings.moderation_base_url,
        api_key=key.get_secret_value(),
        model=settings.moderation_model,
    )
    judge = HiredJudge(
        rules, hired, settings.moderation_provider, settings.moderation_when_away, settings.moderation_threshold
    )
    return judge, [hired.close]
