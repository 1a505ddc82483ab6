"""Jobs in and out of the database: one row read and one row written a job and unit, however many facts it takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from json import dumps, loads

from philo_contracts.envelope import Envelope
from philo_contracts.events import Event
from philo_contracts.evolution import evolve
from philo_contracts.job import Job
from philo_gateway.jobs import figures
from philo_kernel.unit import Unit

LOCK = "select state::text, early::text from job where id = $1 for update"
INSERT = """
    insert into job(id, user_id, project_id, kind, status, version, created_at, state, passed, early)
    values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, '[]')"""
UPDATE = """
    update job set status = $2, version = $3, state = $4::jsonb, early = $5::jsonb, passed = passed || $6::text[]
    where id = $1"""


class NoSuchJob(Exception):
    """Nobody has asked for such a job here."""


@dataclass
class Held:
    """A job in hand: its row is locked until the unit ends. `passed` are the states it has gone into meanwhile."""

    job: Job
    early: list[Envelope] = field(default_factory=list)
    new: bool = False
    passed: list[str] = field(default_factory=list)

    def say(self, unit: Unit, fact: Event) -> None:
        """Append a fact to the job's stream and take it into its state."""
        stream, owner = stream_of(self.job.id or fact.belongs_to), self.job.user_id or None
        envelope = unit.say(fact, stream=stream, version=self.job.version + 1, tenant=owner)
        before, self.job = self.job, evolve(self.job, fact, envelope.time)
        if self.job.status is not before.status or not before.version:
            self.passed.append(self.job.status.value)


def stream_of(job: str) -> str:
    return f"job/{job}"


async def held(unit: Unit, job: str) -> Held:
    """The job, locked for this unit. Raises `NoSuchJob`."""
    key = stream_of(job)
    if key not in unit.memory:
        row = await unit.connection.fetchrow(LOCK, job)
        if row is None:
            raise NoSuchJob(job)
        early = [] if row["early"] == "[]" else [Envelope.model_validate(one) for one in loads(row["early"])]
        hold(unit, job, Held(Job.stored(row["state"]), early))
    found: Held = unit.memory[key]
    return found


def begin(unit: Unit, job: str) -> Held:
    """A job that does not exist yet."""
    return hold(unit, job, Held(Job(), new=True))


def hold(unit: Unit, job: str, one: Held) -> Held:
    unit.memory[stream_of(job)] = one

    async def write() -> None:
        await save(unit, one)

    unit.before_commit(write)
    return one


async def save(unit: Unit, one: Held) -> None:
    job = one.job
    if one.new:
        identity = (job.id, job.user_id, job.project_id, job.kind, job.status.value, job.version, job.created_at)
        await unit.connection.execute(INSERT, *identity, job.model_dump_json(), one.passed)
    else:
        early = dumps([envelope.model_dump(mode="json") for envelope in one.early])
        state = (job.status.value, job.version, job.model_dump_json(), early, one.passed)
        await unit.connection.execute(UPDATE, job.id, *state)
    if one.passed:
        unit.after_commit(figures.noting(job, one.passed))
    one.new, one.passed = False, []  # what comes after this may be written as well
