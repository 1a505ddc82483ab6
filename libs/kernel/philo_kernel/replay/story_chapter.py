"""What one service knows of a job, as it tells it to those who put the story together."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from philo_contracts.envelope import Envelope
from philo_kernel.letterbox import DeadLetterLine


class Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Told(Part):
    """A fact as it lies in its service's store. `envelope` is none if whose it was, the `tenant`, has been erased, or if
    their key is lost.

    `at` is when it was written, `ordered_at` and `begun_at` when the work was that it came of: all by the clock of that
    service's database. `attempts` is how many tries of that work it took.
    """

    service: str
    id: UUID
    type: str
    stream: str
    version: int
    position: int
    at: datetime
    tenant: str | None = None
    erased_at: datetime | None = None
    traceparent: str | None = None
    published: bool = True
    ordered_at: datetime | None = None
    begun_at: datetime | None = None
    attempts: int | None = None
    envelope: Envelope | None = None


class Heard(Part):
    """When a handler of the service took a fact up, by the clock of its database."""

    service: str
    handler: str
    event: UUID
    at: datetime


class Waiting(Part):
    """An order that is not done: `running` since `begun_at`, or waiting, not before `due_at`; or laid aside until its job is
    retried. `attempt` is the job's, `tries` are those of this order that have failed."""

    service: str
    task: str
    state: Literal["running", "waiting", "aside"]
    ordered_at: datetime
    due_at: datetime | None = None
    begun_at: datetime | None = None
    tries: int = 0
    attempt: int = 1
    cause: UUID | None = None
    scene: str | None = None


class Parked(DeadLetterLine):
    """A dead letter of the job: a fact that could not be handled, or work that failed for good."""

    event_id: UUID | None = Field(default=None, description="The fact that was not handled.")
    cause: UUID | None = Field(default=None, description="The fact for which the work was ordered.")


class Chapter(Part):
    """One service's part of a job's story. `now` is its database's clock; its states follow from facts that it `wants`."""

    service: str
    now: datetime
    told: tuple[Told, ...] = ()
    heard: tuple[Heard, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    parked: tuple[Parked, ...] = ()
    wants: tuple[str, ...] = ()
