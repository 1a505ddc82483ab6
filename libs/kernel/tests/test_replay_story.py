"""A job's story: causes before effects whatever clocks say, and how long everything took."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kernel_toys import ToyRang, ToyWound

from philo_contracts.envelope import Envelope, wrap
from philo_kernel.replay.story import end_of, story_of, way_to
from philo_kernel.replay.story_chapter import Chapter, Heard, Told
from philo_kernel.replay.story_order import in_causal_order

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOUR = 3600.0


def said(after: float, because: Told | UUID | None = None, *, service: str = "toy", stream: str = "", **more) -> Told:
    """A fact so many seconds after noon, by the clock of its service."""
    cause = because.id if isinstance(because, Told) else because
    fact = ToyRang(job="a") if cause else ToyWound(job="a")
    version = more.pop("version", 1)
    about = wrap(fact, source=service, stream=stream or f"ring/{uuid4()}", version=version, because=cause)
    envelope = about.model_copy(update={"time": NOON + timedelta(seconds=after)})
    return told(envelope, position=more.pop("position", 1), **more)


def told(envelope: Envelope, *, position: int = 1, **more) -> Told:
    about = {"id": envelope.id, "type": envelope.type, "stream": envelope.subject, "version": envelope.streamversion}
    return Told(service=envelope.source, position=position, at=envelope.time, envelope=envelope, **about, **more)


def chapter(service: str, *facts: Told, heard: tuple[Heard, ...] = ()) -> Chapter:
    return Chapter(service=service, now=NOON, told=facts, heard=heard)


def order(*facts: Told) -> list[UUID]:
    return [one.fact.id for one in in_causal_order(facts)]


def test_an_effect_is_never_before_its_cause_though_its_clock_is_an_hour_behind():
    cause = said(0)
    effect = said(-HOUR, cause, service="late")
    after = said(-HOUR + 1, effect, service="late")
    assert order(after, effect, cause) == [cause.id, effect.id, after.id]


def test_a_clock_that_is_behind_is_told_with_how_much_and_time_never_runs_backwards():
    cause = said(10)
    effect = said(4, cause, service="late")
    first, second = story_of("a", [chapter("toy", cause), chapter("late", effect)]).moments
    assert (second.behind, second.said_at, second.at) == (6.0, effect.at, first.at)


@given(st.data())
def test_whatever_the_clocks_say_causes_come_first_times_never_go_back_and_nothing_is_lost(data):
    facts: list[Told] = []
    for _ in range(data.draw(st.integers(1, 12))):
        cause = data.draw(st.sampled_from(facts)) if facts and data.draw(st.booleans()) else None
        service = data.draw(st.sampled_from(("toy", "late", "early")))
        facts.append(said(data.draw(st.integers(-5, 5)), cause, service=service, position=len(facts)))
    placed = in_causal_order(data.draw(st.permutations(facts)))
    places = {one.fact.id: place for place, one in enumerate(placed)}
    assert places.keys() == {fact.id for fact in facts}
    assert all(places[fact.envelope.causationid] < places[fact.id] for fact in facts if fact.envelope.causationid)
    assert [one.at for one in placed] == sorted(one.at for one in placed)


def test_facts_that_nothing_binds_are_told_by_their_time():
    first, second, third = said(1), said(2, service="other"), said(3)
    assert order(third, first, second) == [first.id, second.id, third.id]


def test_within_a_stream_versions_decide_and_not_clocks():
    first, second = said(5, stream="s", version=1), said(1, stream="s", version=2)
    assert order(second, first) == [first.id, second.id]


def test_what_is_told_twice_is_in_the_story_once():
    fact = said(0)
    assert order(fact, fact.model_copy(update={"position": 9})) == [fact.id]


def test_a_cause_that_is_in_no_store_is_named_and_binds_nobody():
    missing = uuid4()
    [moment] = story_of("a", [chapter("toy", said(0, missing))]).moments
    assert (moment.cause, moment.because, moment.waited) == (missing, None, None)


def test_facts_that_call_each_other_their_cause_are_told_all_the_same():
    first = said(1)
    second = said(2, first)
    ring = first.model_copy(update={"envelope": first.envelope.model_copy(update={"causationid": second.id})})
    assert order(second, ring) == [first.id, second.id]


def test_a_fact_that_calls_itself_its_cause_is_told_once():
    one = said(1)
    itself = one.model_copy(update={"envelope": one.envelope.model_copy(update={"causationid": one.id})})
    assert order(itself) == [one.id]


def test_work_has_waited_from_its_cause_until_it_began_and_worked_until_it_was_said():
    asked = said(0)
    begun = NOON + timedelta(seconds=3)
    made = said(10, asked, service="other", begun_at=begun, ordered_at=NOON, attempts=2)
    moment = story_of("a", [chapter("toy", asked), chapter("other", made)]).moments[1]
    assert (moment.waited, moment.worked, moment.attempts, moment.because) == (3.0, 7.0, 2, 1)


def test_what_a_handler_said_has_waited_until_the_first_of_its_service_took_it_up():
    asked = said(0)
    answer = said(5, asked, service="other")
    times = [Heard(service="other", handler=f"h{at}", event=asked.id, at=NOON + timedelta(seconds=at)) for at in (4, 2)]
    moment = story_of("a", [chapter("toy", asked), chapter("other", answer, heard=tuple(times))]).moments[1]
    assert (moment.waited, moment.worked) == (2.0, 3.0)


def test_clocks_that_differ_never_make_a_wait_less_than_nothing():
    asked = said(10)
    made = said(12, asked, service="late", begun_at=NOON)
    assert story_of("a", [chapter("toy", asked), chapter("late", made)]).moments[1].waited == 0.0


def test_of_somebody_who_was_erased_it_is_told_that_something_was_said_and_nothing_of_what():
    gone = said(1).model_copy(update={"envelope": None, "erased_at": NOON})
    [moment] = story_of("a", [chapter("toy", gone)]).moments
    assert (moment.erased, moment.data, moment.cause, moment.type, moment.said_at) == (
        True,
        None,
        None,
        gone.type,
        gone.at,
    )


def test_what_nobody_can_read_since_a_key_is_lost_is_not_told_as_erased():
    lost = said(1).model_copy(update={"envelope": None})
    [moment] = story_of("a", [chapter("toy", lost)]).moments
    assert (moment.erased, moment.data, moment.type) == (False, None, lost.type)


def test_the_way_to_a_fact_is_its_causes_from_the_first_on():
    first, aside = said(0), said(1)
    second = said(2, first)
    last = said(3, second)
    story = story_of("a", [chapter("toy", first, aside, second, last)])
    assert way_to(story, 4) == [1, 3, 4]


def test_the_way_that_is_told_is_that_to_the_end_of_the_making_and_not_to_what_came_afterwards():
    first = said(0)
    end = said(1, first).model_copy(update={"type": "JobCompleted"})
    later = said(2, end)
    assert end_of(story_of("a", [chapter("toy", first, end, later)])) == 2
    assert end_of(story_of("a", [chapter("toy", first, said(1, first), said(2))])) == 2
    assert end_of(story_of("a", [chapter("toy", first)])) == 1


@pytest.mark.parametrize("after", [0, 1])
def test_the_same_facts_are_told_in_the_same_order_whoever_answers_first(after):
    one, other = said(0, position=1), said(0, service="other", position=1)
    facts = [one, other][:: 1 if after else -1]
    assert order(*facts) == [other.id, one.id]
