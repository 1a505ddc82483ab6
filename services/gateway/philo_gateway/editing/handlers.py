"""A film hears how the edit of it has ended."""

from __future__ import annotations

from philo_contracts.job import Job
from philo_gateway.editing.outcome import ENDS, Ended, settled
from philo_gateway.jobs.store import held
from philo_kernel.handler import on
from philo_kernel.unit import Unit

STATE = "select state::text from job where id = $1"


@on(*ENDS)
async def settle_edit(fact: Ended, unit: Unit) -> None:
    """The edit has ended, so its row is only read, and no unit of one fact ever waits for a second lock.

    Several facts in one unit may lock several films; PostgreSQL ends one of two units that wait for each other, and
    its facts are settled one by one then.
    """
    child = Job.stored(await unit.connection.fetchval(STATE, fact.job))
    if child.kind != "scene_edit" or child.parent_id is None:
        return
    parent = await held(unit, child.parent_id)
    for decision in settled(parent.job, child, fact):
        parent.say(unit, decision)
