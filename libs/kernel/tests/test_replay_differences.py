"""What is kept, held against the facts: every difference found, and none where there is only delay."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from json import dumps

import pytest
from kernel_toys import ToyWound
from pydantic import BaseModel

from philo_contracts.envelope import wrap
from philo_contracts.events import JobCancelled, JobFailed, JobRequested, JobRetried
from philo_contracts.evolution import ImpossibleTransition
from philo_contracts.shapes import Fault
from philo_kernel.lives import ALL
from philo_kernel.replay.story_chapter import Told
from philo_kernel.replay.story_difference import Difference, differences
from philo_kernel.replay.story_kept import Found, Kept, verdict
from philo_kernel.replay.story_lives import LifeRow, folded

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


class Turns(BaseModel):
    turns: list[int] = []
    since: int = 0


def turns_of(_job: str, facts) -> Turns | None:
    return Turns(turns=[envelope.fact().turn for envelope in facts]) if facts else None


KEPT = Kept("turns", "", (ToyWound,), turns_of, Turns, handlers=("hear",))
FORGETFUL = Kept("turns", "", (ToyWound,), turns_of, Turns, forgotten_after=timedelta(days=1))
OUTLIVING = Kept("turns", "", (ToyWound,), turns_of, Turns, outlives=True)


def facts(count: int, *, age: timedelta = timedelta(0)) -> list[Told]:
    envelopes = [
        wrap(ToyWound(job="a", turn=turn), source="toy", stream="toy/a", version=turn) for turn in range(1, count + 1)
    ]
    return [
        Told(
            service="toy",
            id=one.id,
            type=one.type,
            stream=one.subject,
            version=one.streamversion,
            position=at,
            at=NOW - age,
            envelope=one,
        )
        for at, one in enumerate(envelopes)
    ]


def judged(stored: object, said: list[Told], heard: int | None = None, kept: Kept = KEPT):
    known = frozenset(fact.id for fact in said[: len(said) if heard is None else heard])
    return verdict("toy", kept, "a", Found(dumps(stored) if stored is not None else None, known, NOW, said))


@pytest.mark.parametrize(
    ("stored", "said", "found"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 2}, [Difference(path="/a", stored=1, folded=2)]),
        ({"a": {"b": [1, 2]}}, {"a": {"b": [1, 3]}}, [Difference(path="/a/b/1", stored=2, folded=3)]),
        ({"a": 1}, {}, [Difference(path="/a", stored=1, only="stored")]),
        ([1], [1, 2], [Difference(path="/1", folded=2, only="folded")]),
        ({"a/b~c": 1}, {"a/b~c": None}, [Difference(path="/a~1b~0c", stored=1, folded=None)]),
        (None, {"a": 1}, [Difference(path="", stored=None, folded={"a": 1})]),
        ({"a": True}, {"a": 1}, [Difference(path="/a", stored=True, folded=1)]),
        ({"a": 1}, {"a": 1.0}, []),
    ],
)
def test_every_place_where_two_values_differ_is_told_and_no_other(stored, said, found):
    assert list(differences(stored, said)) == found


def test_what_is_kept_as_the_facts_say_is_the_same():
    assert judged({"turns": [1, 2]}, facts(2)).standing == "same"


def test_a_field_that_came_later_is_no_difference_for_it_has_its_default():
    assert judged({"turns": [1]}, facts(1)).standing == "same"
    assert judged({"turns": [1], "since": 4}, facts(1)).standing == "differs"


def test_who_has_not_heard_everything_is_behind_and_it_is_told_what_is_missing():
    said = facts(3)
    found = judged({"turns": [1, 2]}, said, heard=2)
    assert (found.standing, found.unheard, found.differences) == ("behind", (said[2].id,), ())


def test_delay_excuses_no_difference_in_what_was_heard():
    found = judged({"turns": [1, 7]}, facts(3), heard=2)
    assert (found.standing, [one.path for one in found.differences]) == ("differs", ["/turns/1"])


def test_a_state_that_is_missing_though_everything_was_heard_differs():
    found = judged(None, facts(1))
    assert (found.standing, found.differences[0].folded) == ("differs", {"turns": [1], "since": 0})


def test_a_state_that_is_kept_though_nothing_was_said_differs():
    assert judged({"turns": []}, []).standing == "differs"


def test_what_has_another_shape_is_told_as_it_lies_there():
    found = judged({"turns": "none"}, facts(1))
    assert {one.path for one in found.differences} == {"/turns", "/since"}


def test_facts_that_do_not_follow_from_one_another_are_a_difference_and_no_crash():
    def refuse(_job: str, _facts) -> Turns:
        raise ImpossibleTransition("ToyWound cannot follow")

    found = judged({"turns": []}, facts(1), kept=replace(KEPT, fold=refuse))
    assert (found.standing, found.differences[0].folded) == (
        "differs",
        "these facts cannot be folded: ToyWound cannot follow",
    )


def test_facts_that_are_older_than_every_inbox_count_as_heard():
    assert judged({"turns": [1]}, facts(2, age=timedelta(days=20)), heard=0).standing == "differs"


def test_what_is_over_for_long_may_be_forgotten_and_nothing_before():
    assert judged(None, facts(1, age=timedelta(days=2)), kept=FORGETFUL).standing == "forgotten"
    assert judged(None, facts(1), kept=FORGETFUL).standing == "differs"


def test_of_somebody_who_was_erased_nothing_may_be_kept_but_what_outlives_them():
    gone = [fact.model_copy(update={"envelope": None}) for fact in facts(1)]
    assert judged(None, gone).standing == "erased"
    assert judged({"turns": [1]}, gone).standing == "differs"
    assert judged({"turns": [1]}, gone, kept=OUTLIVING).standing == "erased"


@pytest.mark.parametrize(
    ("said", "row"),
    [
        ([JobRequested(job="a", user="ada")], None),
        ([JobRequested(job="a", user="ada", max_retries=0)], LifeRow(max_retries=0, retry_delay=60)),
        ([JobFailed(job="a", fault=Fault(code="x", message="y", attempt=1))], LifeRow(over=1)),
        ([JobRetried(job="a", attempt=2, reason="")], LifeRow(attempt=2, over=1)),
        ([JobCancelled(job="a", reason="")], LifeRow(over=ALL)),
    ],
    ids=["usual", "own terms", "failed", "retried", "cancelled"],
)
def test_attempts_of_a_job_follow_from_what_gateway_says(said, row):
    assert (
        folded("a", [wrap(fact, source="gateway", stream="job/a", version=at) for at, fact in enumerate(said, 1)])
        == row
    )
