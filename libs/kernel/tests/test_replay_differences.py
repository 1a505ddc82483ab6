"""What is kept, held against the facts: every difference found, and none where there is only delay."""

from datetime import UTC, datetime, timedelta

import pytest
from kernel_toys import ToyWound, wound

from philo_contracts.evolution import ImpossibleTransition
from philo_kernel.replay.projection import History, Projection, Row, Source, plain
from philo_kernel.replay.projection_hearing import Inbox
from philo_kernel.replay.projection_log import LoggedFact, Logs
from philo_kernel.replay.story_chapter import Told
from philo_kernel.replay.story_difference import Difference, differences
from philo_kernel.replay.story_verdict import Brought, Verdict, said_of, verdict
from philo_kernel.replay.verify import Look

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def turns_of(story: History) -> list[Row]:
    turns = [envelope.fact().turn for envelope in story.facts]
    if 13 in turns:
        raise ImpossibleTransition("there is no such turn")
    return [{"job": story.key, "turns": turns}] if turns else []


TURNS = Projection(
    table="turns",
    story="job",
    identity=("job",),
    sources=(Source("toy", (ToyWound,), "hear"),),
    columns={"turns": plain},
    fold=turns_of,
)


def facts(*turns: int, at: datetime = NOW, erased: bool = False) -> list[LoggedFact]:
    envelopes = [wound("a", turn, tenant="ada") for turn in turns]
    about = [
        Told(
            service="toy",
            id=one.id,
            type=one.type,
            stream=one.subject,
            version=one.streamversion,
            position=place,
            at=at,
            tenant="ada",
            erased_at=at if erased else None,
            envelope=None if erased else one,
        )
        for place, one in enumerate(envelopes)
    ]
    return [said_of("a", one) for one in about]


def judged(stored: list[int] | None, said: list[LoggedFact], *, heard: int | None = None, parked: int = 0) -> Verdict:
    """`heard` are the first so many facts; the next `parked` lie in the dead letters."""
    first = len(said) if heard is None else heard
    handled = frozenset(fact.id for fact in said[:first])
    letters = {fact.id: 7 for fact in said[first : first + parked]}
    rows: tuple[Row, ...] = () if stored is None else ({"job": "a", "turns": stored},)
    gone = frozenset({"ada"} if any(fact.erased_at for fact in said) else ())
    inbox = Inbox({"hear": handled}, {"hear": letters}, gone)
    return verdict("toy", TURNS, Logs({}), Look(["a"], NOW, said, inbox, {"turns": {"a": rows}}))


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
    found = judged([1, 2], facts(1, 2))
    assert (found.standing, found.facts, found.rows) == ("same", 2, 1)


def test_who_has_not_heard_everything_is_behind_and_it_is_told_what_is_missing():
    said = facts(1, 2, 3)
    found = judged([1, 2], said, heard=2)
    assert (found.standing, found.unheard, found.differences) == ("behind", (said[2].id,), ())


def test_delay_is_no_difference_however_long_it_has_been_within_what_an_inbox_remembers():
    assert judged([1], facts(1, 2, at=NOW - timedelta(days=9)), heard=1).standing == "behind"


def test_delay_excuses_no_difference_in_what_was_heard():
    found = judged([1, 7], facts(1, 2, 3), heard=2)
    assert (found.standing, [one.path for one in found.differences]) == ("differs", ["a/turns/1"])


def test_what_is_parked_differs_and_its_letter_is_named():
    found = judged([1], facts(1, 2), heard=1, parked=1)
    assert found.standing == "differs"
    assert "philo dlq redrive toy/7" in found.differences[0].stored


def test_a_state_that_is_missing_though_everything_was_heard_differs():
    found = judged(None, facts(1))
    assert (found.standing, found.differences[0].folded) == ("differs", {"turns": [1]})


def test_a_state_that_is_kept_though_nothing_was_said_differs():
    assert judged([1], []).standing == "differs"


def test_facts_that_do_not_follow_from_one_another_are_a_difference_and_no_crash():
    found = judged([13], facts(13))
    assert (found.standing, "cannot be folded" in found.differences[0].folded) == ("differs", True)


def test_of_somebody_who_was_erased_nothing_may_be_kept():
    gone = facts(1, at=NOW - timedelta(days=1), erased=True)
    assert judged(None, gone).standing == "erased"
    assert judged([1], gone).standing == "differs"


async def test_facts_that_were_brought_are_told_by_service_and_kind():
    said = facts(1, 2)
    logs = Brought({}, said)
    assert await logs.said("toy", ["a"], {"ToyWound"}) == said
    for other in (("tts", ["a"], None), ("toy", ["b"], None), ("toy", ["a"], {"ToyRang"})):
        assert await logs.said(*other) == []
