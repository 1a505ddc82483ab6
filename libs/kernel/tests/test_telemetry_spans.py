"""What is recorded, what travels, and what a collector is told: over HTTP, to one that decodes it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress

import pytest
from opentelemetry import trace
from recorded_traces import Recording, recording

from philo_kernel import telemetry
from philo_kernel.outgoing.faults import Failing
from philo_kernel.outgoing.line import Line, Terms
from philo_kernel.outgoing.patience import Patience
from philo_kernel.stages import noted, stage
from philo_kernel.telemetry import SpanKind, sending
from philo_kernel.telemetry.failures import LONGEST

TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
HEADER, UNSAMPLED = f"00-{TRACE}-{PARENT}-01", f"00-{TRACE}-{PARENT}-00"


@pytest.fixture
def recorded() -> Iterator[Recording]:
    with recording() as one:
        yield one


def test_a_span_arrives_with_all_that_was_told_of_it(recorded) -> None:
    about = {"correlation": "j1", "causation": "f1", "kind": SpanKind.CONSUMER}
    with telemetry.span("toy.wind", HEADER, links=[UNSAMPLED, None, "nonsense"], **about, turn=3, share=0.5, new=True):
        telemetry.happened("begun", pid=7)
    (told,) = recorded.told()
    assert (told.service, told.name, told.trace, told.parent) == ("philo-toy", "toy.wind", TRACE, PARENT)
    ids = {"philo.correlation_id": "j1", "philo.causation_id": "f1"}
    assert told.attributes == ids | {"philo.turn": 3, "philo.share": 0.5, "philo.new": True}
    assert (told.events, told.links, told.failure) == (("begun",), ((TRACE, PARENT),), None)
    assert told.began <= told.ended


def test_what_is_inside_is_part_of_what_is_around_it_and_about_the_same(recorded) -> None:
    with telemetry.span("outer", correlation="j1"):
        outer = telemetry.current()
        with telemetry.span("inner"):
            assert telemetry.current() != outer
    inner, around = recorded.told()
    assert (inner.trace, inner.parent) == (around.trace, around.id)
    assert around.parent == ""
    assert inner.attributes["philo.correlation_id"] == "j1"


async def test_two_that_run_side_by_side_do_not_mix(recorded) -> None:
    async def one(name: str) -> None:
        with telemetry.span(name):
            await asyncio.sleep(0)
            with telemetry.span(f"in {name}"):
                await asyncio.sleep(0)

    await asyncio.gather(one("a"), one("b"))
    by_name = {span.name: span for span in recorded.told()}
    assert by_name["in a"].parent == by_name["a"].id
    assert by_name["in b"].parent == by_name["b"].id


def test_an_error_is_told_without_its_secrets_and_not_without_end(recorded) -> None:
    words = "cannot reach postgresql://philo:hunter2@db/films " + "x" * 10_000 + "\ud800"
    with pytest.raises(RuntimeError), telemetry.span("broken"):
        raise RuntimeError(words)
    (told,) = recorded.told()
    assert told.failure is not None
    assert told.failure.startswith("cannot reach postgresql://philo:***@db/films")
    assert len(told.failure) <= LONGEST
    assert told.events == ("exception",)
    assert not any(b"hunter2" in body for body in recorded.collector.bodies)


def test_being_cancelled_is_no_failure(recorded) -> None:
    with pytest.raises(asyncio.CancelledError), telemetry.span("stopped"):
        raise asyncio.CancelledError
    (told,) = recorded.told()
    assert (told.failure, told.events) == (None, ("cancelled",))


def test_of_a_trace_that_is_not_sampled_nothing_is_recorded_and_all_of_it_travels(recorded) -> None:
    with telemetry.span("toy", UNSAMPLED) as span:
        assert telemetry.current() == UNSAMPLED
        assert not span.is_recording()
        with telemetry.span("inside"):
            assert telemetry.current() == UNSAMPLED
    assert recorded.told() == []


@pytest.mark.parametrize(("ratio", "wanted"), [(0.0, 0), (1.0, 200)])
def test_the_ratio_decides_how_many_traces_are_recorded(ratio, wanted) -> None:
    with recording(ratio) as one:
        for _ in range(200):
            with telemetry.span("root"), telemetry.span("part"):
                pass
        assert len(one.told()) == 2 * wanted


def test_of_a_trace_everything_is_recorded_or_nothing() -> None:
    with recording(0.5) as one:
        for _ in range(300):
            with telemetry.span("root"), telemetry.span("part"):
                pass
        told = one.told()
    roots, parts = ({span.trace for span in told if span.name == name} for name in ("root", "part"))
    assert roots == parts
    assert 60 < len(roots) < 240


def test_without_an_endpoint_nothing_is_recorded_and_contexts_travel_with_an_id() -> None:
    with telemetry.span("toy", HEADER) as span:
        assert (telemetry.current(), span.is_recording()) == (HEADER, False)
    with telemetry.span("root"):
        place = trace.get_current_span().get_span_context()
        assert place.is_valid
        assert not place.trace_flags.sampled
        assert telemetry.trace_id() == trace.format_trace_id(place.trace_id)


def test_outside_of_any_trace_nothing_is_carried() -> None:
    assert (telemetry.carried(), telemetry.current(), telemetry.trace_id()) == ({}, None, None)


@pytest.mark.parametrize(
    "header",
    ["", "nonsense", f"00-{'0' * 32}-{PARENT}-01", f"00-{TRACE}-{'0' * 16}-01", f"ff-{TRACE}-{PARENT}-01", TRACE],
)
def test_what_is_no_traceparent_begins_a_trace_of_its_own(header) -> None:
    with telemetry.span("toy", header):
        assert telemetry.trace_id() not in {None, TRACE}


def test_whoever_asks_opentelemetrys_api_finds_the_span_that_is_on() -> None:
    with telemetry.span("toy", HEADER):
        context = trace.get_current_span().get_span_context()
    assert (f"{context.trace_id:032x}", f"{context.span_id:016x}") == (TRACE, PARENT)


def test_what_was_decided_in_a_span_is_told_as_its_own_though_it_is_over(recorded) -> None:
    with telemetry.span("outer", correlation="j1"):
        moment = telemetry.now()
    with telemetry.span("another", correlation="j2"), telemetry.resumed(moment), telemetry.span("late"):
        telemetry.happened("written")
    outer, late, _ = recorded.told()
    assert (late.trace, late.parent, late.events) == (outer.trace, outer.id, ("written",))
    assert late.attributes["philo.correlation_id"] == "j1"


def test_what_has_ended_early_is_told_once_whatever_comes_after(recorded, caplog) -> None:
    with suppress(RuntimeError), telemetry.span("tried"):
        telemetry.over()
        telemetry.happened("too late")
        raise RuntimeError
    (told,) = recorded.told()
    assert (told.failure, told.events) == (None, ())
    assert caplog.records == []


def test_what_is_wrong_without_an_error_is_told_without_its_secrets(recorded) -> None:
    with telemetry.span("sent"):
        telemetry.failed("refused by https://philo:hunter2@hooks.example")
    (told,) = recorded.told()
    assert told.failure == "refused by https://philo:***@hooks.example"
    assert told.events == ()


async def test_every_try_at_a_provider_is_a_span_and_a_failed_one_says_why(recorded) -> None:
    answers = [Failing("Busy.", "busy"), "hello"]

    async def ask(_call: object) -> str:
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    patience = Patience(retries=1, first=0.001, longest=0.001)
    with telemetry.span("task"):
        assert await Line("acme", "text", terms=Terms(patience=patience)).ask(ask, model="m1", scene="s1") == "hello"
    first, second, task = recorded.told()
    assert {first.name, second.name} == {"ask text/acme"}
    assert [one.attributes["philo.attempt"] for one in (first, second)] == [1, 2]
    assert (first.failure, second.failure) == ("Busy.", None)
    assert (second.attributes["philo.model"], second.attributes["philo.scene"]) == ("m1", "s1")
    assert {first.parent, second.parent} == {task.id}


def test_stages_become_spans_inside_of_what_waited_for_them(recorded) -> None:
    with noted(wanted=True) as stages, stage("chunk", frames=120), stage("encode"):
        pass
    with telemetry.span("child shoot"):
        telemetry.stages_told(stages)
    chunk, encode, child = recorded.told()
    assert (chunk.name, encode.name, chunk.attributes["philo.frames"]) == ("chunk", "encode", 120)
    assert (chunk.parent, encode.parent) == (child.id, chunk.id)
    assert chunk.began <= encode.began <= encode.ended <= chunk.ended


def test_stages_that_nobody_wants_cost_no_memory() -> None:
    with noted(wanted=False) as stages, stage("chunk"):
        pass
    assert stages == []


@pytest.mark.heavy
async def test_spans_wait_while_the_collector_refuses_them_and_come_when_it_takes_them(recorded) -> None:
    recorded.collector.away = True
    with telemetry.span("kept"):
        pass
    await recorded.collector.until(lambda collector: collector.refused > 0)
    recorded.collector.away = False
    assert [span.name for span in recorded.told()] == ["kept"]


def test_more_than_is_kept_for_an_absent_collector_is_dropped_and_counted(recorded, monkeypatch) -> None:
    monkeypatch.setattr(sending, "MOST", 2)
    recorded.collector.away = True
    for _ in range(5):
        with telemetry.span("many"):
            pass
    assert (len(recorded.recorder.sender.waiting), recorded.recorder.sender.dropped) == (2, 3)
