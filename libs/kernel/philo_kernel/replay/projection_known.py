"""What every service that listens keeps for the kernel's sake, as it follows from the facts of auth and of gateway."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from philo_contracts.events import (
    ApiKeyIssued,
    ApiKeyRevoked,
    Event,
    JobCancelled,
    JobFailed,
    JobRequested,
    JobRetried,
    SessionsEnded,
    UserErased,
)
from philo_kernel.known_sessions import NEVER
from philo_kernel.lives import ALL
from philo_kernel.replay.projection import History, Projection, Row, Source, moment, plain
from philo_kernel.work import Retries

FORGOTTEN = timedelta(days=29)
"""A day less than housekeeping leaves the lives of jobs."""


def keys(story: History) -> Iterable[Row]:
    known: dict[str, dict[str, Any]] = {}
    for fact in (envelope.fact() for envelope in story.facts):
        match fact:
            case ApiKeyIssued():
                told = {"digest": fact.digest, "scopes": list(fact.scopes), "expires_at": fact.expires_at}
                known.setdefault(fact.key_id, {"revoked": False, **told})
            case ApiKeyRevoked():
                unknown: dict[str, Any] = {"digest": "", "scopes": [], "expires_at": None}
                known.setdefault(fact.key_id, unknown)["revoked"] = True
            case UserErased():
                known.clear()
    return [{"id": name, "user_id": story.key, **told} for name, told in known.items()]


API_KEYS = Projection(
    table="api_key",
    story="user_id",
    identity=("id",),
    sources=(Source("auth", (ApiKeyIssued, ApiKeyRevoked, UserErased), "know_api_key"),),
    columns={"user_id": plain, "digest": plain, "scopes": plain, "expires_at": moment, "revoked": plain},
    fold=keys,
    fresh={},
)


def ended(story: History) -> Iterator[Row]:
    facts = [envelope.fact() for envelope in story.facts]
    if facts:
        generations = (fact.generation if isinstance(fact, SessionsEnded) else NEVER for fact in facts)
        yield {"user_id": story.key, "generation": max(generations)}


ENDED_SESSIONS = Projection(
    table="ended_session",
    story="user_id",
    identity=("user_id",),
    sources=(Source("auth", (SessionsEnded, UserErased), "know_ended_sessions"),),
    columns={"generation": plain},
    fold=ended,
)


def lives(story: History) -> Iterable[Row]:
    """Most jobs have no row: they are tried once, and retried as the work itself says."""
    if story.facts and story.now - story.facts[-1].time > FORGOTTEN:
        return story.stored
    row: dict[str, Any] | None = None
    for envelope in story.facts:
        row = lived(row, envelope.fact())
    return [{"job": story.key, **row}] if row else []


def lived(row: dict[str, Any] | None, fact: Event) -> dict[str, Any] | None:
    now = row or {"attempt": 1, "over": 0, "max_retries": None, "retry_delay": None}
    match fact:
        case JobRequested():
            usual = Retries()
            terms = (fact.max_retries + 1, fact.retry_delay_seconds)
            if terms == (usual.attempts, usual.first.total_seconds()):
                return row
            return now | {"max_retries": fact.max_retries, "retry_delay": fact.retry_delay_seconds}
        case JobFailed():
            return now | {"over": max(now["over"], fact.fault.attempt)}
        case JobRetried():
            return now | {"attempt": max(now["attempt"], fact.attempt), "over": max(now["over"], fact.attempt - 1)}
        case JobCancelled():
            return now | {"over": ALL}
        case _:
            return row


LIVES = Projection(
    table="job_life",
    story="job",
    identity=("job",),
    sources=(
        Source("gateway", (JobRequested,), "note_terms"),
        Source("gateway", (JobFailed,), "lay_work_aside"),
        Source("gateway", (JobRetried,), "take_work_up"),
        Source("gateway", (JobCancelled,), "stop_cancelled_work"),
    ),
    columns={"attempt": plain, "over": plain, "max_retries": plain, "retry_delay": plain},
    fold=lives,
    outlives=True,
)
