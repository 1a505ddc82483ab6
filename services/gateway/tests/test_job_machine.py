"""A machine lives a job's life in every order: services say, fail and fall silent, its owner retries and cancels."""

import os
from datetime import timedelta

import pytest
from gateway_world import streams, told
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from test_gateway_process import FAULT, JOB, manager

from philo_contracts.envelope import Envelope, wrap
from philo_contracts.events import JobQueued, JobRequested, RenderFailed, SynthesisFailed
from philo_contracts.evolution import ImpossibleTransition, evolve, fold, ways_of
from philo_contracts.freeze import published
from philo_contracts.job import Job, Status
from philo_contracts.sampling import sample_of
from philo_contracts.states import ways
from philo_gateway.jobs.domain import NotCancellable, NotRetryable, cancel, overdue, retry
from philo_gateway.jobs.handlers import advanced, reconsider

pytestmark = pytest.mark.heavy

STEPS = {(way.start, way.end) for way in ways()}
BEGINNING = [
    wrap(fact, source="gateway", stream=f"job/{JOB}", version=version)
    for version, fact in enumerate((JobRequested(job=JOB, user="ada", script="Words."), JobQueued(job=JOB)), 1)
]
OWN = [
    kind.model_validate(sample_of(kind)) for kind in published() if kind.__name__.startswith(("Job", "Scene", "Film"))
]
LIMIT = timedelta(hours=1)


class JobLife(RuleBasedStateMachine):
    """What the services have left to say lies in `world`, stream by stream; order holds within each and nowhere else."""

    def __init__(self) -> None:
        super().__init__()
        self.unit, self.one = manager(fold(BEGINNING))
        self.world, self.retries, self.checked, self.was = streams(JOB, 2), 0, 0, fold(BEGINNING)

    def hear(self, fact) -> None:
        if advanced(self.one, told(fact), fact, self.unit):
            reconsider(self.one, self.unit)

    def say(self, *facts) -> None:
        for fact in facts:
            self.one.say(self.unit, fact)

    @precondition(lambda self: self.world)
    @rule(data=st.data())
    def a_service_says_what_comes_next(self, data):
        stream = data.draw(st.sampled_from(self.world))
        self.hear(stream.pop(0))
        self.world = [one for one in self.world if one]

    @rule(kind=st.sampled_from([SynthesisFailed, RenderFailed]), late=st.booleans())
    def a_service_fails(self, kind, late):
        attempt = max(1, self.one.job.attempts - late)
        self.hear(kind(job=JOB, fault=FAULT.model_copy(update={"attempt": attempt, "scene_id": "s01"})))

    @rule()
    def its_owner_retries_it(self):
        failed = self.one.job.status is Status.FAILED
        try:
            self.say(*retry(self.one.job, "again"))
        except NotRetryable:
            assert not failed
        else:
            assert failed
            self.retries += 1
            reconsider(self.one, self.unit)

    @precondition(lambda self: len(self.world) < 6)
    @rule()
    def its_owner_cancels_it(self):
        before = self.one.job.status
        try:
            self.say(cancel(self.one.job, "enough"))
        except NotCancellable:
            assert before in {Status.COMPLETED, Status.CANCELLED}

    @precondition(lambda self: self.one.job.attempts)
    @rule()
    def nothing_is_heard_for_too_long(self):
        self.say(*overdue(self.one.job, self.one.job.updated_at + LIMIT, LIMIT))

    @rule(fact=st.sampled_from(OWN))
    def what_cannot_follow_is_refused(self, fact):
        job = self.one.job
        if isinstance(fact, JobRequested) or job.status not in ways_of(fact, job.status)[0]:
            try:
                evolve(job, fact, job.updated_at)
            except ImpossibleTransition:
                return
            raise AssertionError(f"{type(fact).__name__} was taken while the job is {job.status.value}")

    @invariant()
    def every_step_is_one_of_the_table(self):
        for envelope in self.unit._facts[self.checked :]:
            now = evolve(self.was, envelope.fact(), envelope.time)
            assert now.status is self.was.status or (self.was.status, now.status) in STEPS
            assert now.progress >= self.was.progress
            assert now.version == self.was.version + 1 == envelope.streamversion
            self.was = now
        self.checked = len(self.unit._facts)
        assert self.was == self.one.job

    @invariant()
    def what_it_says_of_itself_agrees(self):
        job = self.one.job
        assert job.attempts == (self.retries + 1 if job.started_at or self.retries else 0)
        assert (job.status is Status.COMPLETED) == (job.film is not None) == (job.progress == 100)
        assert job.error is not None or job.status not in {Status.FAILED, Status.MODERATION_FAILED}
        assert job.error is None or job.status in {Status.FAILED, Status.MODERATION_FAILED, Status.CANCELLED}
        assert (job.completed_at is None) == (job.status in {Status.QUEUED, Status.MODERATING, Status.PROCESSING})

    def teardown(self) -> None:
        log: list[Envelope] = [*BEGINNING, *self.unit._facts]
        assert fold(log) == self.one.job == fold(log[3:], fold(log[:3]))
        self.comes_to_its_end()

    def comes_to_its_end(self) -> None:
        """A job that nobody cancelled or refused is completed once it is retried and all has been said."""
        while self.world:
            for stream in self.world:
                self.hear(stream.pop(0))
            self.world = [one for one in self.world if one]
        if self.one.job.status is Status.FAILED:
            self.its_owner_retries_it()
        if self.one.job.status is Status.FAILED:  # a failure that came before the plan counted at last
            self.its_owner_retries_it()
        job: Job = self.one.job
        assert job.status in {Status.COMPLETED, Status.CANCELLED, Status.MODERATION_FAILED}


TestJobLife = JobLife.TestCase
TestJobLife.settings = settings.get_profile(os.environ.get("HYPOTHESIS_PROFILE", "machines"))
