"""In which order things are run again, and how a difference is told."""

from datetime import UTC, datetime, timedelta

import pytest

from philo_contracts.envelope import wrap
from philo_contracts.events import JobCancelled, JobFailed, JobModerating, JobQueued, ModerationStarted
from philo_contracts.shapes import Fault
from philo_kernel.handler import on
from philo_kernel.replay.composition import Composition
from philo_kernel.replay.recording import About, Handled, Message, Recording, Said
from philo_kernel.replay.rerun_difference import Divergence, first_untold, same, told
from philo_kernel.replay.rerun_script import Script
from philo_kernel.replay.rerun_steps import steps_of

BEGAN = datetime(2026, 5, 1, 12, tzinfo=UTC)


def at(second):
    return BEGAN + timedelta(seconds=second)


def said(fact, second, position, *, source="gateway", because=None):
    envelope = wrap(fact, source=source, stream=f"job/{fact.job}", version=position, because=because)
    return Said(position=position, at=at(second), fact=envelope.model_copy(update={"time": at(second)}))


@on(ModerationStarted, JobQueued)
async def listen(fact, unit): ...


COMPOSITION = Composition("gateway", ("gateway", "analysis"), (listen,))


def recorded(*facts, handled=()):
    heard = tuple(
        Handled(service="gateway", handler="listen", event=one.fact.id, at=at(second)) for one, second in handled
    )
    return Recording(about=About(job="1", recorded_at=BEGAN, version="0"), facts=facts, handled=heard)


def test_what_somebody_asked_for_is_given_and_what_followed_is_handled_when_it_was():
    asked = said(JobQueued(job="1"), 0, 1)
    started = said(ModerationStarted(job="1", user="u"), 1, 1, source="analysis")
    steps = steps_of(recorded(asked, started, handled=[(asked, 5), (started, 4)]), COMPOSITION, [listen])
    assert [(step.at, step.given) for step in steps] == [(at(0), True), (at(4), False), (at(5), False)]


def test_a_transaction_that_waited_for_another_comes_after_it():
    asked = said(JobQueued(job="1"), 0, 1)
    started = said(ModerationStarted(job="1", user="u"), 1, 1, source="analysis")
    cancelled = said(JobCancelled(job="1", reason="enough"), 3, 2)
    moderating = said(JobModerating(job="1"), 2, 3, because=started.fact.id)
    facts = (asked, started, cancelled, moderating)
    steps = steps_of(recorded(*facts, handled=[(asked, 9), (started, 2)]), COMPOSITION, [listen])
    assert [step.facts[0].type for step in steps if step.position] == ["JobQueued", "JobCancelled", "ModerationStarted"]


def test_facts_of_one_service_never_change_places_and_those_of_two_are_tried_in_every_way():
    first, second = said(JobQueued(job="1"), 3, 1), said(JobQueued(job="1", reason="again"), 2, 2)
    other = said(ModerationStarted(job="1", user="u"), 1, 1, source="analysis")
    recording = recorded(first, second, other, handled=[(one, 5) for one in (first, second, other)])
    (step,) = (one for one in steps_of(recording, COMPOSITION, [listen]) if not one.given)
    orders = [[fact.id for fact in order] for order in step.orders()]
    assert all(order.index(first.fact.id) < order.index(second.fact.id) for order in orders)
    assert {order.index(other.fact.id) for order in orders} >= {0, 2}


def test_what_is_said_again_has_the_number_and_the_time_of_then():
    cause = said(ModerationStarted(job="1", user="u"), 1, 1, source="analysis").fact
    then = said(JobModerating(job="1"), 2, 3, because=cause.id).fact
    script = Script("gateway", [then])
    assert script.say(cause, JobModerating(job="1"), "job/1", 9, None) == then
    assert script.say(cause, JobModerating(job="1"), "job/1", 4, None).id != then.id


def test_what_was_undone_can_be_said_again_in_its_place():
    cause = said(ModerationStarted(job="1", user="u"), 1, 1, source="analysis").fact
    then = said(JobModerating(job="1"), 2, 3, because=cause.id).fact
    script = Script("gateway", [then])
    script.say(cause, JobModerating(job="1"), "job/1", 3, None)
    script.back_to(0)
    assert script.now[cause.id] == []
    assert script.say(cause, JobModerating(job="1"), "job/1", 3, None) == then


def facts(*reasons, stream="job/1"):
    return [told(wrap(JobQueued(job="1", reason=one), source="gateway", stream=stream, version=1)) for one in reasons]


def test_another_order_within_a_stream_is_a_difference_and_between_streams_it_is_none():
    assert not same(facts("a", "b"), facts("b", "a"))
    assert same(facts("a") + facts("b", stream="x"), facts("b", stream="x") + facts("a"))


def test_a_difference_reads_as_a_diff():
    one = Divergence(BEGAN, "gateway", "reacting to it", None, tuple(facts("accepted")), tuple(facts("bought")))
    lines = list(one.lines())
    assert '-  "reason": "accepted"' in lines
    assert '+  "reason": "bought"' in lines


def test_in_which_attempt_a_fault_was_met_is_no_difference():
    first, second = (JobFailed(job="1", fault=Fault(code="c", message="m", attempt=one)) for one in (1, 2))
    ones = [told(wrap(fact, source="gateway", stream="job/1", version=1)) for fact in (first, second)]
    assert ones[0] == ones[1]


def message(name, body="{}"):
    return Message(service="notify", at=BEGAN, name=name, body=body)


@pytest.mark.parametrize("kept", [["a", "b", "c"], ["a", "c"], []])
def test_messages_that_were_dropped_since_are_not_missed(kept):
    assert first_untold([message(one) for one in kept], [message(one) for one in "abc"]) is None


def test_the_first_message_that_is_told_otherwise_is_found_with_what_is_told_now():
    then, now = message("b", '{"n": 1}'), message("b", '{"n": 2}')
    assert first_untold([message("a"), then], [message("a"), now]) == (then, now)


def test_a_message_that_is_told_no_more_is_found():
    assert first_untold([message("a"), message("b")], [message("a")]) == (message("b"), None)
