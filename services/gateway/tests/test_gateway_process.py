"""The process manager: whatever the order in which the other services are heard, a job ends the same."""

import asyncio
from datetime import UTC, datetime

import pytest
from gateway_world import (
    accepted,
    blob,
    composed,
    drawn,
    frames,
    hears,
    joined,
    painted,
    reading,
    scene,
    spoken,
    streams,
    told,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from philo_contracts.events import (
    AnalysisFailed,
    Event,
    JobCompleted,
    JobFailed,
    MusicAdded,
    RenderFailed,
    SceneDrawn,
    SceneProgressed,
    ScriptRejected,
    SynthesisFailed,
)
from philo_contracts.evolution import evolve, fold
from philo_contracts.job import Job, Status
from philo_contracts.shapes import Fault, Moderation
from philo_gateway.jobs.domain import NotCancellable, cancel, decide
from philo_gateway.jobs.store import Held, stream_of
from philo_kernel.unit import Unit

JOB = "j"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
FAULT = Fault(code="broken", message="It broke. Try again.")


def manager(job: Job | None = None) -> tuple[Unit, Held]:
    """The handler's unit with the job in hand, so that no database is needed."""
    unit, one = Unit("gateway", None, None), Held(job or accepted(JOB))
    unit.memory[stream_of(JOB)] = one
    return unit, one


def after(*facts: Event, job: Job | None = None) -> tuple[Job, list[Event]]:
    """The job after these facts, and what it decided."""
    unit, one = manager(job)
    asyncio.run(hears(unit, [told(fact) for fact in facts]))
    return one.job, [envelope.fact() for envelope in unit._facts]


def happens(*facts: Event) -> Job:
    return after(*facts)[0]


def film(job: Job) -> dict:
    """What a person has in the end. When it was made, and whether its music was told before it was done, may differ."""
    times = {"created_at", "updated_at", "started_at", "completed_at", "stages"}
    told_of = job.model_dump(exclude={"version", "music_ready", *times})
    return told_of | {"generation_time_ms": None, "stages": [(stage.name, stage.done) for stage in job.stages]}


@st.composite
def shuffled(draw, scenes: int = 2) -> list[Event]:
    """Everything that is said, in any order that keeps each stream's own."""
    waiting = streams(JOB, scenes)
    order = []
    while waiting:
        stream = draw(st.sampled_from(waiting))
        order.append(stream.pop(0))
        waiting = [stream for stream in waiting if stream]
    return order


IN_ORDER = [fact for stream in streams(JOB) for fact in stream]


@settings(max_examples=80, deadline=None)
@given(shuffled())
def test_every_order_ends_in_the_same_film(order):
    assert film(happens(*order)) == film(happens(*IN_ORDER))


@settings(max_examples=40, deadline=None)
@given(shuffled(), st.data())
def test_repeats_decide_nothing(order, data):
    again = data.draw(st.lists(st.sampled_from(order), max_size=8))
    at = data.draw(st.integers(0, len(order)))
    job, decided = after(*order[:at], *again, *order[at:])
    assert film(job) == film(happens(*IN_ORDER))
    steps = [type(fact) for fact in decided if not isinstance(fact, SceneProgressed)]
    scenes = [(type(fact), fact.scene) for fact in decided if type(fact).__name__.startswith("Scene")]
    assert steps.count(JobCompleted) == 1
    assert len([one for one in scenes if one[0] is SceneDrawn]) == 2


@settings(max_examples=30, deadline=None)
@given(shuffled())
def test_the_state_is_the_fold_of_what_was_decided(order):
    unit, one = manager()
    begun = one.job
    asyncio.run(hears(unit, [told(fact) for fact in order]))
    assert fold(unit._facts, begun) == one.job


def test_what_came_early_is_kept_and_decided_later():
    unit, one = manager()
    early = [told(spoken(JOB, 0)), told(painted(JOB, 0))]
    asyncio.run(hears(unit, early))
    assert (one.early, one.job.version) == (early, 2)
    asyncio.run(hears(unit, [told(fact) for fact in reading(JOB)]))
    assert one.early == []
    assert (one.job.scene("s01").voice, one.job.scene("s01").picture) == ("ready", "ready")


def test_what_builds_on_something_early_is_decided_with_it_when_nothing_follows():
    rest = [drawn(JOB, 0), drawn(JOB, 1), painted(JOB, 0), painted(JOB, 1), spoken(JOB, 0), spoken(JOB, 1)]
    assert happens(joined(JOB), *rest, *reading(JOB)).status is Status.COMPLETED


def test_what_was_early_keeps_its_own_cause():
    unit, one = manager()
    early = told(spoken(JOB, 0))
    asyncio.run(hears(unit, [early, *(told(fact) for fact in reading(JOB))]))
    assert one.job.scene("s01").voice == "ready"
    assert unit._facts[-1].causationid == early.id


def test_news_of_frames_are_not_kept_for_later():
    unit, one = manager()
    asyncio.run(hears(unit, [told(frames(JOB, 0, done)) for done in (10, 20, 30)]))
    assert one.early == []


def test_news_of_frames_after_the_scene_was_drawn_decide_nothing():
    _, decided = after(*reading(JOB), drawn(JOB, 0), frames(JOB, 0, 50))
    assert isinstance(decided[-1], SceneDrawn)


def test_news_of_frames_never_go_back():
    _, decided = after(*reading(JOB), frames(JOB, 0, 30), frames(JOB, 0, 20), frames(JOB, 0, 40))
    assert [fact.done for fact in decided if isinstance(fact, SceneProgressed)] == [30, 40]


@pytest.mark.parametrize("fact", [spoken(JOB, 0), drawn(JOB, 1), joined(JOB), composed(JOB), *reading(JOB)])
def test_facts_after_the_end_decide_nothing(fact):
    done, _ = after(*IN_ORDER)
    stopped = evolve(accepted(JOB), cancel(accepted(JOB), "enough"), NOW)
    assert [list(decide(job, fact)) for job in (done, stopped)] == [[], []]


def test_the_facts_of_another_revision_or_an_unknown_scene_decide_nothing():
    planned, _ = after(*reading(JOB))
    other = spoken(JOB, 0).model_copy(update={"revision": 2})
    assert [list(decide(planned, fact)) for fact in (other, spoken(JOB, 7))] == [[], []]


def test_music_is_told_once():
    _, decided = after(*reading(JOB), composed(JOB), composed(JOB))
    assert sum(isinstance(fact, MusicAdded) for fact in decided) == 1


@pytest.mark.parametrize("failure", [SynthesisFailed, RenderFailed, AnalysisFailed])
def test_a_failure_fails_the_job_in_the_words_of_whoever_failed(failure):
    fault = FAULT.model_copy(update={"scene_id": "s01"})
    job, decided = after(*reading(JOB), failure(job=JOB, fault=fault))
    assert (job.status, job.error, job.scene("s01").status) == (Status.FAILED, fault, "failed")
    assert isinstance(decided[-1], JobFailed)


def test_a_failure_that_overtakes_the_plan_fails_the_job_once_it_is_told():
    assert happens(SynthesisFailed(job=JOB, fault=FAULT), *reading(JOB)).status is Status.FAILED


@pytest.mark.parametrize("heard", [0, 1])
def test_a_text_that_could_not_be_judged_ends_the_job_without_being_called_rejected(heard):
    job = happens(*reading(JOB)[:heard], AnalysisFailed(job=JOB, fault=FAULT))
    assert (job.status, job.error, job.moderation.status) == (Status.MODERATION_FAILED, FAULT, "pending")


def test_a_rejected_text_ends_the_job_with_its_score_and_categories():
    verdict = ScriptRejected(job=JOB, moderation=Moderation(score=0.9, categories=("weapons",)), fault=FAULT)
    job = happens(reading(JOB)[0], verdict)
    assert (job.status, job.error) == (Status.MODERATION_FAILED, FAULT)
    assert (job.moderation.status, job.moderation.score, job.moderation.categories) == ("rejected", 0.9, ("weapons",))


@pytest.mark.parametrize("heard", range(len(IN_ORDER)))
def test_a_job_can_be_cancelled_at_any_moment_before_its_end(heard):
    job = happens(*IN_ORDER[:heard])
    assert evolve(job, cancel(job, "enough"), NOW).status is Status.CANCELLED


def test_a_failed_job_can_be_cancelled_and_a_completed_one_cannot():
    failed = happens(*reading(JOB), RenderFailed(job=JOB, fault=FAULT))
    assert cancel(failed, "enough").reason == "enough"
    with pytest.raises(NotCancellable, match="completed"):
        cancel(happens(*IN_ORDER), "too late")


def test_progress_never_goes_back_and_is_whole_only_in_the_end():
    unit, one = manager()
    seen = []
    for fact in IN_ORDER:
        asyncio.run(hears(unit, [told(fact)]))
        seen.append(one.job.progress)
    assert seen == sorted(seen)
    assert (seen[-2] < 100, seen[-1]) == (True, 100)


def test_a_film_of_forty_scenes_is_completed_whatever_the_order():
    order = [fact for stream in reversed(streams(JOB, 40)) for fact in stream]
    job = happens(*order)
    assert (job.status, len(job.scenes), job.film.video) == (Status.COMPLETED, 40, blob("v"))
    assert job.scenes[39].title == scene(39).title
