"""Auth as replay puts it together: it hears as ever, and no code is sent."""

from __future__ import annotations

from collections.abc import Mapping

from philo_kernel.replay.composition import Composition, Terms
from philo_kernel.replay.forbidden import forbidden
from philo_kernel.replay.rerun_answers import Answers

from .reactions import HANDLERS, LISTENS_TO, TASKS


def composition(terms: Terms | None = None, answers: Answers | None = None) -> Composition:  # noqa: ARG001 - it decides nothing here
    return Composition("auth", LISTENS_TO, HANDLERS, TASKS, forbidden("sms"))


def terms_of(settings: Mapping[str, str]) -> Terms:  # noqa: ARG001 - none of them decides here
    return {}
