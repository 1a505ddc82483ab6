"""Analysis: checks a script, and understands it."""

from __future__ import annotations

from philo_analysis import __version__
from philo_analysis.extractive import ExtractiveReader
from philo_analysis.handlers import plan_reading
from philo_analysis.moderation import KeywordModerator
from philo_analysis.reading import Reader
from philo_analysis.settings import AnalysisSettings
from philo_analysis.tasks import Ports, read
from philo_kernel.http.app import application
from philo_kernel.readiness import Started, checks
from philo_kernel.service import Service, prepare
from philo_kernel.settings import load


def reader(settings: AnalysisSettings) -> Reader:
    """A model reads when there is a key for one; the text itself is read otherwise."""
    if settings.llm_api_key is None:
        return ExtractiveReader()
    from philo_analysis.providers.openai import OpenAIReader  # noqa: PLC0415 - a quarter of the start, for some only

    return OpenAIReader(
        base_url=settings.llm_base_url, api_key=settings.llm_api_key.get_secret_value(), model=settings.llm_model
    )


def main() -> None:
    settings = load(AnalysisSettings)
    engine = prepare("analysis", settings)
    started = Started()
    Service(
        "analysis",
        settings,
        engine,
        listens_to=("gateway",),
        handlers=(plan_reading,),
        tasks=(read,),
        ports=Ports(KeywordModerator(), reader(settings), settings.moderation_threshold),
        parallel=8,
        api=application(
            "analysis",
            __version__,
            checks=checks(settings, engine, started),
        ),
        started=started,
    ).run()


if __name__ == "__main__":
    main()
