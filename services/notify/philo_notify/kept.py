"""What notify keeps of a job, as it follows from the facts of gateway. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from philo_contracts.envelope import Envelope
from philo_contracts.evolution import fold
from philo_contracts.job import Job
from philo_contracts.shapes import Value
from philo_kernel.replay.story_kept import Kept
from philo_notify.domain import NAMES


class KeptView(Value):
    """The job as its owner was last told of it, and the columns that it is found by."""

    state: Job
    version: int
    user_id: str
    project_id: str | None


def folded(_job: str, facts: Sequence[Envelope]) -> KeptView | None:
    job = fold(facts)
    if not job.version:
        return None
    return KeptView(state=job, version=job.version, user_id=job.user_id, project_id=job.project_id)


VIEW = Kept(
    name="view",
    query="""
        select json_build_object('state', state, 'version', version, 'user_id', user_id, 'project_id', project_id)::text
        from job_view where id = $1""",
    of=tuple(NAMES),
    fold=folded,
    shape=KeptView,
    handlers=("tell_owner",),
)
KEEPS = (VIEW,)
