"""Notify as replay puts it together: the feed is written, nobody is woken, and no webhook is called."""

from __future__ import annotations

from collections.abc import Mapping

from philo_kernel.replay.composition import Composition, Terms
from philo_kernel.replay.forbidden import forbidden
from philo_kernel.replay.rerun_answers import Answers
from philo_notify.reactions import LISTENS_TO, TASKS, handlers

TOLD = "select at, event as name, body from feed where job = $1 order by id"


def composition(terms: Terms | None = None, answers: Answers | None = None) -> Composition:  # noqa: ARG001 - it asks nobody
    woken, deliveries = handlers(forbidden("wakes.wake")), forbidden("deliveries")
    return Composition("notify", LISTENS_TO, woken, TASKS, deliveries, tells=TOLD)


def terms_of(settings: Mapping[str, str]) -> Terms:  # noqa: ARG001 - none of them decides here
    return {}
