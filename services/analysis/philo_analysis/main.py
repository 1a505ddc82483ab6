"""Analysis: checks a script, and understands it."""

from __future__ import annotations

from philo_analysis import __version__
from philo_analysis import api as analyses_api
from philo_analysis.hiring import judge_of, reader_of
from philo_analysis.reactions import HANDLERS, LISTENS_TO, TASKS
from philo_analysis.replaying import PROJECTIONS
from philo_analysis.settings import AnalysisSettings
from philo_analysis.tasks import Ports
from philo_kernel.http.app import application
from philo_kernel.outgoing.switchboard import Switchboard
from philo_kernel.readiness import Started, checks
from philo_kernel.service import Service, prepare
from philo_kernel.settings import load


def main() -> None:
    settings = load(AnalysisSettings)
    engine = prepare("analysis", settings)
    started = Started()
    board = Switchboard(settings)
    judge, judge_closing = judge_of(settings, board)
    reader, reader_closing = reader_of(settings, board)
    Service(
        "analysis",
        settings,
        engine,
        listens_to=LISTENS_TO,
        handlers=HANDLERS,
        tasks=TASKS,
        ports=Ports(judge, reader, settings.moderation_threshold),
        keeps=PROJECTIONS,
        parallel=8,
        api=application(
            "analysis",
            __version__,
            analyses_api.router,
            checks=checks(settings, engine, started),
        ),
        started=started,
        closing=(*judge_closing, *reader_closing, board.close),
        parts=board.parts(),
    ).run()


if __name__ == "__main__":
    main()
