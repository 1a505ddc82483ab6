"""A failed job that is retried goes on from what is done, and a job that stands still is given up."""

import asyncio
from datetime import timedelta

import pytest
from gateway_world import (
    composed,
    drawn,
    frames,
    goes_on,
    hears,
    joined,
    painted,
    reading,
    spoken,
    told,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from test_gateway_process import FAULT, JOB, NOW, manager

from philo_contracts.events import DeadlineReached, JobFailed, RenderFailed, SynthesisFailed
from philo_contracts.evolution import evolve
from philo_contracts.job import Job, Status
from philo_gateway.jobs.deadlines import deadlines
from philo_gateway.jobs.domain import NotRetryable, overdue, retry
from philo_gateway.jobs.handlers import reconsider
from philo_kernel.unit import unit_of_work

JOBS = "/api/v1/jobs"
LIMIT = timedelta(hours=1)
WAYS = [drawn(JOB, 0), drawn(JOB, 1), spoken(JOB, 1), painted(JOB, 0), painted(JOB, 1), composed(JOB), joined(JOB)]


def lives(*steps) -> Job:
    """The job after these facts; RETRY between them is its owner's."""
    unit, one = manager()
    for step in steps:
        if step is RETRY:
            for fact in retry(one.job, "again"):
                one.say(unit, fact)
            reconsider(one, unit)
        else:
            asyncio.run(hears(unit, [told(step)]))
    return one.job


RETRY = object()
BROKEN = SynthesisFailed(job=JOB, fault=FAULT.model_copy(update={"scene_id": "s02"}))


def test_a_retry_begins_the_next_attempt_with_everything_that_was_done():
    job = lives(*reading(JOB), spoken(JOB, 0), painted(JOB, 0), BROKEN, RETRY)
    assert (job.status, job.attempts, job.error, job.completed_at) == (Status.PROCESSING, 2, None, None)
    assert [scene.voice for scene in job.scenes] == ["ready", "working"]
    assert [scene.status for scene in job.scenes] == ["working", "working"]
    assert job.moderation.status == "approved"


@pytest.mark.heavy
@settings(deadline=None)
@given(st.permutations(WAYS), st.integers(0, len(WAYS)), st.integers(0, len(WAYS)))
def test_whatever_is_finished_before_while_or_after_it_has_failed_it_is_completed(facts, first, second):
    start, end = sorted((first, second))
    begun = [*reading(JOB), spoken(JOB, 0), *facts[:start]]
    if lives(*begun).status is Status.PROCESSING:
        job = lives(*begun, BROKEN, *facts[start:end], RETRY, *facts[end:])
        assert (job.status, job.attempts) == (Status.COMPLETED, 2)


def test_frames_that_are_drawn_while_a_job_has_failed_are_no_news():
    unit, one = manager()
    asyncio.run(hears(unit, [told(fact) for fact in (*reading(JOB), BROKEN, frames(JOB, 0, 20))]))
    assert one.early == []


def test_a_failure_of_the_attempt_before_does_not_fail_the_one_that_is_on():
    late = RenderFailed(job=JOB, fault=FAULT)
    assert lives(*reading(JOB), BROKEN, RETRY, late).status is Status.PROCESSING
    own = RenderFailed(job=JOB, fault=FAULT.model_copy(update={"attempt": 2}))
    assert lives(*reading(JOB), BROKEN, RETRY, own).status is Status.FAILED


def test_a_second_failure_of_one_attempt_changes_nothing():
    assert lives(*reading(JOB), BROKEN, RenderFailed(job=JOB, fault=FAULT)).error == BROKEN.fault


@pytest.mark.parametrize("heard", range(4))
def test_only_what_has_failed_is_retried(heard):
    job = lives(*reading(JOB)[:heard])
    with pytest.raises(NotRetryable):
        list(retry(job, "again"))


def test_the_time_of_all_attempts_counts_and_the_rest_between_them_does_not():
    job, at = lives(*reading(JOB)), NOW
    job = job.model_copy(update={"started_at": at})
    failed = JobFailed(job=JOB, fault=FAULT)
    job = evolve(job, failed, at + timedelta(seconds=2))
    for fact in retry(job, "again"):
        job = evolve(job, fact, at + timedelta(seconds=100))
    job = evolve(job, failed, at + timedelta(seconds=103))
    assert job.generation_time_ms == 5000


def test_a_job_of_which_nothing_is_heard_is_given_up_in_words_and_may_be_retried():
    job = lives(*reading(JOB)).model_copy(update={"updated_at": NOW})
    assert list(overdue(job, NOW + LIMIT - timedelta(seconds=1), LIMIT)) == []
    [failed] = overdue(job, NOW + LIMIT, LIMIT)
    assert (failed.fault.code, failed.fault.retryable, failed.fault.attempt) == ("took_too_long", True, 1)


def test_a_job_that_waits_for_its_turn_may_wait():
    waiting = lives().model_copy(update={"updated_at": NOW})
    assert list(overdue(waiting, NOW + 100 * LIMIT, LIMIT)) == []


@pytest.mark.stack
async def test_a_retry_is_asked_for_by_http_and_told_in_the_history(ada, engine):
    job = (await ada.ask())["id"]
    early = await ada.post(f"{JOBS}/{job}/retry")
    await goes_on(engine, *reading(job), SynthesisFailed(job=job, fault=FAULT))
    answer = await ada.post(f"{JOBS}/{job}/retry")
    again = await ada.post(f"{JOBS}/{job}/retry")
    assert (early.status_code, answer.status_code, again.status_code) == (409, 202, 409)
    assert (answer.json()["status"], answer.json()["attempts"]) == ("processing", 2)
    assert answer.headers["Location"] == f"{JOBS}/{job}"
    story = (await ada.get(f"{JOBS}/{job}/history")).json()
    steps = [
        (line["from"], line["to"], line["reason"]) for line in story if line["event"] in {"JobFailed", "JobRetried"}
    ]
    assert steps == [("processing", "failed", FAULT.message), ("failed", "queued", "asked for by its owner")]


@pytest.mark.stack
async def test_someone_elses_job_is_not_retried(ada, bob, engine):
    job = (await ada.ask())["id"]
    await goes_on(engine, *reading(job), SynthesisFailed(job=job, fault=FAULT))
    assert (await bob.post(f"{JOBS}/{job}/retry")).status_code == 404


@pytest.mark.stack
async def test_a_job_carries_its_own_terms_or_those_of_the_installation(ada):
    own = await ada.ask(max_retries=1, retry_delay_seconds=0.5)
    usual = await ada.ask()
    assert [(job["max_retries"], job["retry_delay_seconds"]) for job in (own, usual)] == [(1, 0.5), (3, 60)]


@pytest.mark.stack
async def test_a_job_that_stands_still_is_looked_at_again_and_given_up_at_its_limit(ada, engine):
    """With a limit of nothing the second look is at once; the queue's own delay is the kernel's to keep."""
    job = (await ada.ask())["id"]
    await goes_on(engine, *reading(job))
    _, patient, _ = deadlines(LIMIT)
    _, strict, _ = deadlines(timedelta(0))
    reached = told(DeadlineReached(job=job))
    for handler in (patient, strict):
        async with unit_of_work(engine, "gateway", reached) as unit:
            await handler.react(reached.fact(), unit)
    shown = (await ada.get(f"{JOBS}/{job}")).json()
    assert (shown["status"], shown["error"]["code"], shown["error"]["retryable"]) == ("failed", "took_too_long", True)
    async with unit_of_work(engine, "gateway") as unit:
        watch = "select execute_after > now() + interval '50 minutes' from pgqueuer where headers->>'job' = $1"
        assert await unit.connection.fetchval(watch, job)
