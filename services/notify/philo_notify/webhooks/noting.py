"""News become deliveries, in the unit that brought them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from uuid_utils.compat import uuid7

from philo_kernel.unit import Unit
from philo_kernel.work import Work
from philo_notify.webhooks.store import NOTE, WANTED_BY


class Deliver(Work):
    """Bring what waits for a webhook. `job` is the webhook. A hint: rows say what waits, and a sweep finds them."""

    kept = False

    @property
    def effect(self) -> str:
        return f"webhook/{self.job}"


@dataclass(frozen=True)
class Transition:
    """Something that webhooks are told of. `body` is what they are sent, `traceparent` where it was told here."""

    user: str
    job: str
    event: str
    body: str
    traceparent: str | None = None


async def note(unit: Unit, transitions: Sequence[Transition]) -> None:
    """For every webhook that wants to know. In the order in which they happened."""
    if not transitions:
        return
    users = list({one.user for one in transitions})
    wanting = await unit.connection.fetch(WANTED_BY, users)
    rows = [
        (uuid7(), endpoint["id"], one.event, one.job, one.body, "waiting", one.traceparent)
        for one in transitions
        for endpoint in wanting
        if endpoint["user_id"] == one.user and one.event in endpoint["events"]
    ]
    for row in rows:
        await unit.connection.execute(NOTE, *row)
    for webhook in dict.fromkeys(row[1] for row in rows):
        begin(unit, webhook)


def begin(unit: Unit, webhook: UUID) -> None:
    unit.start(Deliver(job=str(webhook)))
