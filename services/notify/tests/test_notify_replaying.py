"""The feed is held against the facts message by message; what was dropped is not missed, all else is. Pure."""

import json
from datetime import UTC, datetime

from notify_world import Story as Telling

from philo_contracts.envelope import Envelope
from philo_contracts.evolution import evolve
from philo_contracts.job import Job
from philo_kernel.replay.projection import History
from philo_notify.domain import NAMES, WORDY, body
from philo_notify.replaying import FEED

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def facts() -> tuple[Envelope, ...]:
    telling = Telling("ada")
    return (*telling.beginning(), *telling.planned(), telling.progress(1), telling.progress(2))


def feed_of(told: tuple[Envelope, ...]) -> list[dict]:
    job, rows = Job(), []
    for number, envelope in enumerate(told, 11):
        fact = envelope.fact()
        job = evolve(job, fact, envelope.time)
        name, whole = NAMES[type(fact)], type(fact) in WORDY
        text = body(job, name, envelope.time, whole=whole)
        rows.append({"user_id": "ada", "id": number, "job": job.id, "event": name, "whole": whole, "body": text})
        rows[-1]["at"] = envelope.time.isoformat()
    return rows


def unlike(told: tuple[Envelope, ...], rows: list[dict], floor: int = 0) -> list[str]:
    """Which rows are not what they should be."""
    beside = {"feed_floor": ({"id": floor},) if floor else ()}
    story = History(told[0].correlationid, NOW, told, tuple(rows), beside)
    folded = {FEED.named(row): FEED.read(row) for row in FEED.fold(story)}
    stored = {FEED.named(row): FEED.read(row) for row in rows}
    return sorted(name for name in folded.keys() | stored.keys() if folded.get(name) != stored.get(name))


def test_a_feed_that_tells_everything_is_right() -> None:
    told = facts()
    assert unlike(told, feed_of(told)) == []


def test_a_message_that_nobody_dropped_is_missed() -> None:
    told = facts()
    rows = feed_of(told)
    assert unlike(told, rows[:2] + rows[3:]) == ["ada/after 12: version 3"]
    assert unlike(told, rows[:-1]) == ["ada/after 16: version 7"]


def test_a_message_that_was_dropped_is_not_missed() -> None:
    told = facts()
    rows = feed_of(told)
    assert unlike(told, rows[:2] + rows[3:], floor=13) == []


def test_what_is_missing_behind_the_floor_is_missed() -> None:
    told = facts()
    rows = feed_of(told)
    assert unlike(told, rows[1:4] + rows[5:], floor=11) == ["ada/after 14: version 5"]


def test_a_message_that_was_told_twice_is_found() -> None:
    told = facts()
    rows = feed_of(told)
    assert unlike(told, [*rows, rows[-1] | {"id": 99}]) == ["ada/99"]


def test_a_message_of_an_older_shape_is_right_as_far_as_it_goes() -> None:
    told = facts()
    rows = feed_of(told)
    older = json.loads(rows[0]["body"])
    del older["job"]["warnings"], older["job"]["cost"]
    rows[0]["body"] = json.dumps(older)
    assert unlike(told, rows) == []
    older["job"]["status"] = "completed"
    rows[0]["body"] = json.dumps(older)
    assert unlike(told, rows) == ["ada/11"]
