"""What gateway keeps of a job beside its facts, as it follows from them. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from philo_contracts.envelope import Envelope
from philo_contracts.events import (
    JobPlanned,
    JobRequested,
    LanguageModelCalled,
    MusicAdded,
    PictureProviderCalled,
    SceneDrawn,
    ScenePainted,
    SceneProgressed,
    SceneVoiced,
    SoundProviderCalled,
)
from philo_contracts.evolution import STAYING, TRANSITIONS, evolve
from philo_contracts.job import Job
from philo_contracts.shapes import ProviderCall, Value
from philo_kernel.replay.story_kept import Kept

NEWS = (JobPlanned, SceneVoiced, ScenePainted, SceneProgressed, SceneDrawn, MusicAdded)
"""Facts of a job's stream that lead nowhere else, said while it is being made."""


class KeptJob(Value):
    """The fold of a job's stream, and the columns that it is found by; `passed` are the states that it went through."""

    state: Job
    version: int
    status: str
    kind: str
    user_id: str
    project_id: str | None
    passed: tuple[str, ...]


def folded(_job: str, facts: Sequence[Envelope]) -> KeptJob | None:
    job, passed = Job(), list[str]()
    for envelope in facts:
        before, job = job, evolve(job, envelope.fact(), envelope.time)
        if job.status is not before.status or not before.version:
            passed.append(job.status.value)
    if not job.version:
        return None
    return KeptJob(
        state=job,
        version=job.version,
        status=job.status.value,
        kind=job.kind,
        user_id=job.user_id,
        project_id=job.project_id,
        passed=tuple(passed),
    )


class KeptCall(Value):
    """A paid request as the ledger has it; what it was worth is not in the fact."""

    id: str
    scene: str | None
    attempt: int
    service: str
    provider: str
    model: str | None
    outcome: str
    quantities: dict[str, float]
    seconds: float


class KeptCalls(Value):
    calls: tuple[KeptCall, ...]


def called(_job: str, facts: Sequence[Envelope]) -> KeptCalls | None:
    """One row a call, however often it was told."""
    calls = {call.id: call for call in (call_in(envelope) for envelope in facts)}
    rows = (KeptCall(**calls[name].model_dump(include=set(KeptCall.model_fields))) for name in sorted(calls))
    return KeptCalls(calls=tuple(rows)) if calls else None


def call_in(envelope: Envelope) -> ProviderCall:
    return ProviderCall.model_validate(envelope.data["call"])


JOB = Kept(
    name="job",
    query="""
        select json_build_object('state', state, 'version', version, 'status', status, 'kind', kind, 'user_id', user_id,
          'project_id', project_id, 'passed', passed)::text
        from job where id = $1""",
    of=(JobRequested, *TRANSITIONS, *STAYING, *NEWS),
    fold=folded,
    shape=KeptJob,
)
CALLS = Kept(
    name="paid calls",
    query="""
        select json_build_object('calls', json_agg(json_build_object('id', id, 'scene', scene, 'attempt', attempt,
          'service', service, 'provider', provider, 'model', model, 'outcome', outcome, 'quantities', quantities,
          'seconds', seconds) order by id collate "C"))::text
        from provider_call where job = $1 having count(*) > 0""",
    of=(LanguageModelCalled, SoundProviderCalled, PictureProviderCalled),
    fold=called,
    shape=KeptCalls,
    handlers=("record_call",),
    outlives=True,
)
KEEPS = (JOB, CALLS)
