"""What notify keeps beside the facts. Webhooks and what is delivered to them are no fold: they are wishes and effects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import orjson

from philo_contracts.envelope import Envelope
from philo_contracts.evolution import evolve, fold
from philo_contracts.job import Job
from philo_kernel.replay.projection import Balance, History, Projection, Row, Source, moment, plain, shaped
from philo_kernel.replay.projection_known import API_KEYS, ENDED_SESSIONS, LIVES
from philo_notify.domain import NAMES, WORDY, body
from philo_notify.queue.book import row_of

TOLD = (Source("gateway", tuple(NAMES), "tell_owner"),)


def views(story: History) -> Iterator[Row]:
    job = fold(story.facts)
    if job.version:
        same = {name: getattr(job, name) for name in ("id", "user_id", "project_id", "version")}
        yield {**same, "state": job.model_dump(mode="json"), "updated": job.updated_at}


JOB_VIEWS = Projection(
    table="job_view",
    story="id",
    identity=("id",),
    sources=TOLD,
    columns={"user_id": plain, "project_id": plain, "version": plain, "state": shaped(Job), "updated": moment},
    fold=views,
    fresh={},
)

BOOKED = ("job", "user_id", "kind", "resolution", "length", "due", "begun", "ended", "done")
BOOK_DAYS = 89
"""A day less than pruning leaves what has ended."""


def booked(story: History) -> Iterable[Row]:
    job = fold(story.facts)
    if not job.version:
        return []
    row: dict[str, Any] = dict(zip(BOOKED, row_of(job), strict=True))
    ended: datetime | None = row["ended"]
    if ended and (story.now - ended).days >= BOOK_DAYS:
        return story.stored
    return [row | {"done": orjson.loads(row["done"])}]


QUEUE = Projection(
    table="queue_job",
    story="job",
    identity=("job",),
    sources=TOLD,
    columns=dict.fromkeys(("user_id", "kind", "resolution", "length", "done"), plain)
    | dict.fromkeys(("due", "begun", "ended"), moment),
    fold=booked,
    fresh={},
)


def told(story: History) -> Iterator[Row]:
    """Every message that is kept, as it should read, and those that are missing though nobody has dropped them.

    Numbers come in the order in which facts of several jobs were heard, which no fact tells: they are taken as they are.
    """
    messages = {job.version: (job, fact) for job, fact in moments(story.facts)}
    dropped = max((row["id"] for row in story.beside["feed_floor"]), default=0)
    version = last = 0
    for row in sorted(story.stored, key=lambda row: row["id"]):
        before, version = version, orjson.loads(row["body"])["job"]["version"]
        if dropped <= last:
            yield from lost(messages, range(before + 1, version), last)
        if version in messages and version > before:
            yield message(*messages[version], row)
        last = row["id"]
    if dropped <= last:
        yield from lost(messages, range(version + 1, len(messages) + 1), last)


def lost(messages: Mapping[int, tuple[Job, Envelope]], versions: Iterable[int], last: int) -> Iterator[Row]:
    """Messages that should lie behind the one with the number `last`."""
    for version in versions:
        job, fact = messages[version]
        yield message(job, fact, {"user_id": job.user_id, "id": f"after {last}: version {version}"})


def moments(facts: Iterable[Envelope]) -> Iterator[tuple[Job, Envelope]]:
    job = Job()
    for envelope in facts:
        job = evolve(job, envelope.fact(), envelope.time)
        yield job, envelope


def message(job: Job, envelope: Envelope, row: Row) -> Row:
    """The row that tells of this fact. A message stays as it was told then: what came to its shape since is not in it."""
    kind = type(envelope.fact())
    whole = kind in WORDY or bool(row.get("whole"))  # older messages were all whole
    whole_text = orjson.loads(body(job, NAMES[kind], envelope.time, whole=whole))
    said = orjson.loads(row["body"]) if "body" in row else whole_text
    return {
        "user_id": row["user_id"],
        "id": row["id"],
        "job": job.id,
        "event": NAMES[kind],
        "at": envelope.time,
        "whole": whole,
        "body": orjson.dumps(trimmed(whole_text, said)).decode(),
    }


def trimmed(now: Any, then: Any) -> Any:  # noqa: ANN401 - any JSON
    """`now` without the fields that `then` did not have."""
    if isinstance(now, dict) and isinstance(then, dict):
        return {name: trimmed(now[name], then[name]) for name in now if name in then}
    if isinstance(now, list) and isinstance(then, list) and len(now) == len(then):
        return [trimmed(*pair) for pair in zip(now, then, strict=True)]
    return now


FEED = Projection(
    table="feed",
    story="job",
    identity=("user_id", "id"),
    sources=TOLD,
    columns={"job": plain, "event": plain, "at": moment, "whole": plain, "body": orjson.loads},
    fold=told,
    beside={
        "feed_floor": "select job as story, to_jsonb(low)::text as row from feed_floor low where job = any($1::text[])"
    },
)
# Every fact of a job is one message to its owner.
READERS = """
    select coalesce(r.user_id, v.user_id) as story, 'last' as path, coalesce(r.last, 0)::text as stored,
      coalesce(v.facts, 0)::text as folded
    from reader r full join (select user_id, sum(version) as facts from job_view group by user_id) v using (user_id)
    where coalesce(r.last, 0) <> coalesce(v.facts, 0) and $1::timestamptz is not null"""
PROJECTIONS = (JOB_VIEWS, QUEUE, FEED, API_KEYS, ENDED_SESSIONS, LIVES)
BALANCES = (Balance("reader", READERS),)
