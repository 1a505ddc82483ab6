"""Every fact of a job becomes a message in its owner's feed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from philo_contracts.events import Event
from philo_contracts.evolution import evolve
from philo_contracts.job import Job
from philo_kernel import telemetry
from philo_kernel.handler import Handler, on
from philo_kernel.unit import Unit
from philo_notify import feed
from philo_notify.domain import NAMES, WORDY, body
from philo_notify.feed import News
from philo_notify.queue import book
from philo_notify.webhooks.domain import EVENTS, job_payload
from philo_notify.webhooks.noting import Transition, note

Wake = Callable[[Mapping[str, int]], Awaitable[None]]
"""Told of users with the newest numbers of their feeds."""


class Gap(Exception):
    """A fact of the job's stream is missing before this one; it was parked, or its topic has lost it."""


@dataclass
class Batch:
    """What one unit of work has to write: jobs as they are now, news by user, and what webhooks are told of;
    once written, the newest number of each user."""

    jobs: dict[str, Job] = field(default_factory=dict)
    news: dict[str, list[News]] = field(default_factory=dict)
    transitions: list[Transition] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)


def telling(wake: Wake) -> Handler:
    """The handler; `wake` is told afterwards whose feeds have grown."""

    @on(*NAMES)
    async def tell_owner(fact: Event, unit: Unit) -> None:
        cause = unit.cause
        if cause is None:
            raise RuntimeError("news come from a fact")
        batch = batch_of(unit, wake)
        job = batch.jobs.get(fact.belongs_to) or await feed.view(unit.connection, fact.belongs_to)
        if cause.streamversion <= job.version:
            return
        if cause.streamversion != job.version + 1:
            raise Gap(f"{cause.subject}: version {cause.streamversion} came after version {job.version}")
        job = evolve(job, fact, cause.time)
        batch.jobs[job.id] = job
        name, whole = NAMES[type(fact)], type(fact) in WORDY
        news = News(job.id, name, cause.time, whole, body(job, name, cause.time, whole=whole))
        batch.news.setdefault(job.user_id, []).append(news)
        if event := EVENTS.get(type(fact)):
            payload = job_payload(event, cause.time, job)
            batch.transitions.append(Transition(job.user_id, job.id, event, payload, telemetry.current()))

    return tell_owner


def batch_of(unit: Unit, wake: Wake) -> Batch:
    """One a unit, written before it commits."""
    if "batch" not in unit.memory:
        batch = unit.memory["batch"] = Batch()

        async def write() -> None:
            if batch.jobs:
                await feed.save(unit.connection, list(batch.jobs.values()))
                await book.note(unit.connection, list(batch.jobs.values()))
            for user in sorted(batch.news):  # in one order everywhere, so that two units never wait for each other
                batch.numbers[user] = await feed.write(unit.connection, user, batch.news[user])
            await note(unit, batch.transitions)

        async def tell() -> None:
            if batch.numbers:
                await wake(batch.numbers)

        unit.before_commit(write)
        unit.after_commit(tell)
    found: Batch = unit.memory["batch"]
    return found
