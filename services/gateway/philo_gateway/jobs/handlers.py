"""What moves a job: everything that the other services say about it."""

from __future__ import annotations

from philo_contracts.envelope import Envelope
from philo_contracts.events import Event
from philo_gateway.jobs.domain import HEARD, SEEN, Early, decide
from philo_gateway.jobs.store import Held, held
from philo_kernel.handler import on
from philo_kernel.unit import Unit


@on(*HEARD, *SEEN)
async def advance_job(fact: Event, unit: Unit) -> None:
    """Let the job decide, and then whatever came too early before."""
    cause = unit.cause
    if cause is None:
        raise RuntimeError("a job advances because of a fact")
    one = await held(unit, fact.belongs_to)
    if advanced(one, cause, fact, unit):
        reconsider(one, unit)
        unit.cause = cause


def reconsider(one: Held, unit: Unit) -> None:
    """What was early may build on what was early itself: look again until nothing moves any more."""
    moved = True
    while moved:
        waiting, one.early = one.early, []
        moved = sum(answered(one, envelope, unit) for envelope in waiting) > 0


def answered(one: Held, envelope: Envelope, unit: Unit) -> bool:
    unit.cause = envelope
    return advanced(one, envelope, envelope.fact(), unit)


def advanced(one: Held, envelope: Envelope, fact: Event, unit: Unit) -> bool:
    """Say what the job decides. False, and kept for later, if the fact was early."""
    try:
        for decision in list(decide(one.job, fact)):
            one.say(unit, decision)
    except Early:
        one.early.append(envelope)
        return False
    return True
