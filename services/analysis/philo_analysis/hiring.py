"""Who reads and judges, by the settings. Their libraries are a quarter of the start, and for some only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from philo_analysis.extractive import ExtractiveReader
from philo_analysis.judging import HiredJudge, Judge, RulesJudge
from philo_analysis.moderation import KeywordModerator
from philo_analysis.providers.fallback import FallbackReader
from philo_analysis.reading import ProviderTimedOut, Reader
from philo_analysis.settings import AnalysisSettings
from philo_kernel.outgoing.access import ApiKey
from philo_kernel.outgoing.switchboard import Switchboard, terms_of

if TYPE_CHECKING:
    from philo_analysis.providers.openai import OpenAIReader

Close = Callable[[], Awaitable[None]]


def reader_of(settings: AnalysisSettings, board: Switchboard) -> tuple[Reader, list[Close]]:
    """A model reads when there is a key for one; the text itself is read otherwise. And what to close at the end."""
    hired = [model for names in ("LLM", "LLM_FALLBACK") if (model := _model(settings, board, names))]
    if not hired:
        return ExtractiveReader(), []
    return FallbackReader(hired), [model.close for model in hired]


def _model(settings: AnalysisSettings, board: Switchboard, names: str) -> OpenAIReader | None:
    """The one whose settings begin with these names; None without its key."""
    key: ApiKey = getattr(settings, f"{names.lower()}_api_key")
    if key is None:
        return None
    from philo_analysis.providers.openai import OpenAIReader  # noqa: PLC0415

    provider, url, model = (
        str(getattr(settings, f"{names.lower()}_{one}")) for one in ("provider", "base_url", "model")
    )
    terms = terms_of(settings, timeout=settings.llm_timeout, retries=settings.llm_retries)
    line = board.line(provider, "text", terms=terms, late=ProviderTimedOut)
    return OpenAIReader(line, base_url=url, api_key=key.get_secret_value(), model=model, settings=names)


def judge_of(settings: AnalysisSettings, board: Switchboard) -> tuple[Judge, list[Close]]:
    """And what to close at the end."""
    rules, key = KeywordModerator(), settings.moderation_api_key
    if settings.moderation_provider == "rules" or key is None:
        return RulesJudge(rules), []
    from philo_analysis.providers.openai_moderation import OpenAIModerator  # noqa: PLC0415

    terms = terms_of(settings, timeout=settings.moderation_timeout, retries=settings.moderation_retries)
    hired = OpenAIModerator(
        board.line("openai", "moderation", terms=terms, who="OpenAI", late=ProviderTimedOut),
        base_url=settings.moderation_base_url,
        api_key=key.get_secret_value(),
        model=settings.moderation_model,
    )
    judge = HiredJudge(
        rules, hired, settings.moderation_provider, settings.moderation_when_away, settings.moderation_threshold
    )
    return judge, [hired.close]
