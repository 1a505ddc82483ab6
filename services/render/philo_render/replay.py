"""Render as replay puts it together: plans are made anew; what was drawn, mixed and joined is found by its name."""

from __future__ import annotations

from collections.abc import Mapping

from philo_kernel.replay.composition import Composition, Terms
from philo_kernel.replay.forbidden import forbidden_ports
from philo_kernel.replay.rerun_answers import Answers
from philo_render.ports import Ports
from philo_render.reactions import HANDLERS, LISTENS_TO, TASKS
from philo_render.recorded_crew import RecordedCrew
from philo_render.recorded_painters import RecordedPainters, RecordedPictures
from philo_render.reporter import Reporter


def composition(terms: Terms | None = None, answers: Answers | None = None) -> Composition:  # noqa: ARG001 - none decides
    return Composition("render", LISTENS_TO, HANDLERS, TASKS, ports_of(answers) if answers else forbidden_ports(Ports))


def terms_of(told: Mapping[str, str]) -> Terms:  # noqa: ARG001 - none of them decides here
    return {}


def ports_of(answers: Answers) -> Ports:
    return forbidden_ports(
        Ports,
        crew=RecordedCrew(answers),
        objects=RecordedPictures(answers),
        reporter=Reporter(),
        painters=RecordedPainters(answers),
        scratch=None,
    )
