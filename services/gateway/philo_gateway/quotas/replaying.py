"""What is known of subscribers, and how long films count, as it follows from facts. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from philo_contracts.events import (
    Event,
    JobCancelled,
    JobCompleted,
    JobFailed,
    JobRefused,
    JobRequested,
    JobRetried,
    ModerationOverruled,
    SubscriptionChanged,
)
from philo_kernel.replay.projection import History, Projection, Row, Source, moment, plain

NEVER_SUBSCRIBED = {"tier": "free", "starts_at": None, "ends_at": None, "version": 0}


def subscribers(story: History) -> Iterator[Row]:
    """Who asks for work has a row, also without ever having subscribed."""
    row: Row = NEVER_SUBSCRIBED
    for envelope in story.facts:
        fact = envelope.fact()
        if isinstance(fact, SubscriptionChanged) and envelope.streamversion > row["version"]:
            row = fact.model_dump(mode="json", exclude={"user"}) | {"version": envelope.streamversion}
    if story.facts or story.stored:
        yield {"user_id": story.key, **row}


SUBSCRIBERS = Projection(
    table="subscriber",
    story="user_id",
    identity=("user_id",),
    sources=(Source("auth", (SubscriptionChanged,), "know_subscription"),),
    columns={"tier": plain, "starts_at": moment, "ends_at": moment, "version": plain},
    fold=subscribers,
    fresh={},
)


def seconds(story: History) -> Iterable[Row]:
    """What was promised when a film was asked for is no fact: what it counts for follows from that and from facts."""
    facts = [envelope.fact() for envelope in story.facts]
    return [{"job": story.key, "seconds": counted(facts, row["promised"])} for row in story.stored]


def counted(facts: Iterable[Event], promised: float) -> float:
    now, edit = promised, False
    for fact in facts:
        match fact:
            case JobRequested():
                edit = fact.kind == "scene_edit"
            case JobCompleted():  # what an edit counts for is what it was thought to add
                now = now if edit else fact.duration
            case JobRetried() | ModerationOverruled():
                now = promised
            case JobFailed() | JobCancelled() | JobRefused():
                now = 0.0
    return now


FILM_SECONDS = Projection(
    table="film_seconds",
    story="job",
    identity=("job",),
    sources=(
        Source("gateway", (JobRequested,)),
        Source(
            "gateway",
            (JobCompleted, JobFailed, JobCancelled, JobRefused, JobRetried, ModerationOverruled),
            "know_minutes",
        ),
    ),
    columns={"seconds": plain},
    fold=seconds,
)
