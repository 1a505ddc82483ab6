"""Notify as replay puts it together: the feed is written, nobody is woken, and no webhook is called."""

from __future__ import annotations

from collections.abc import Mapping

from philo_kernel.replay.composition import Composition, Terms
from philo_kernel.replay.forbidden import forbidden
from philo_kernel.replay.rerun_answers import Answers
from philo_notify.reactions import LISTENS_TO, TASKS, handlers


def composition(terms: Terms | None = None, answers: Answers | None = None) -> Composition:  # noqa: ARG001 - it asks nobody
    return Composition("notify", LISTENS_TO, handlers(forbidden("wakes.wake")), TASKS, forbidden("deliveries"))


def terms_of(settings: Mapping[str, str]) -> Terms:  # noqa: ARG001 - none of them decides here
    return {}
