"""A task carried out once more, with what was answered then in place of all that it would ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from philo_contracts.envelope import Envelope
from philo_contracts.events import Event
from philo_kernel.replay.composition import Composition
from philo_kernel.replay.recording import Said
from philo_kernel.replay.rerun_answers import Answers
from philo_kernel.replay.rerun_difference import Told, told, told_of
from philo_kernel.replay.rerun_steps import is_call
from philo_kernel.work import Passing, Task, Work, fault_of

FAULT = "/fault"


@dataclass(frozen=True)
class Carried:
    """What came of an order: facts, or the error that it ended with."""

    said: tuple[Told, ...]
    calls: tuple[Told, ...]
    failed: tuple[Told, ...] = ()
    words: str = ""
    unanswered: bool = False


@dataclass(frozen=True)
class Past:
    """What came of it then. `failed` is what was said each time that it could not be done."""

    said: tuple[Told, ...]
    failed: tuple[Told, ...]
    last: Said | None

    @classmethod
    def of(cls, effect: str, said: Sequence[Said]) -> Past:
        done = [one for one in said if one.fact.subject == effect]
        broken = [one for one in said if one.fact.subject == f"{effect}{FAULT}"]
        every = sorted((*done, *broken), key=lambda one: one.position)
        facts, faults = (tuple(told(one.fact) for one in some) for some in (done, broken))
        return cls(facts, faults, every[-1] if every else None)


def belongs(fact: Envelope, effects: frozenset[str]) -> bool:
    """Whether this was said by a task, not by a handler."""
    return is_call(fact) or fact.subject in effects or fact.subject.rpartition("/")[0] in effects


async def carried_out(work: Work, composition: Composition, answers: Answers) -> Carried:
    """Perform it as a worker would, trying again what failed for a passing reason, but at once."""
    task = next(one for one in composition.tasks if one.work is type(work))
    turns = answers.tries(task.retries)
    while True:
        answers.wishes.clear()
        turns -= 1
        facts: list[Event] = []
        try:
            result = await performed(task, work, composition.ports, facts)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what would come of it now
            if not turns or answers.wishes or not isinstance(error, Passing):
                return ended(task, work, facts, error, answers.wishes)
        else:
            return Carried(*parted(work, [*facts, *([result] if result else [])]))


async def performed(task: Task, work: Work, ports: object, facts: list[Event]) -> Event | None:
    async def say(fact: Event) -> None:
        facts.append(fact)

    return await task.perform(*(work, ports, say, ())[: task.takes])


def ended(task: Task, work: Work, facts: Sequence[Event], error: Exception, wishes: Sequence[str]) -> Carried:
    if wishes:
        return Carried(*parted(work, facts), words=f"It wants {wishes[0]}.", unanswered=True)
    fault = (told_of(task.failed(work, fault_of(error)), f"{work.effect}{FAULT}"),) if task.failed else ()
    return Carried(*parted(work, facts), failed=fault, words=f"{type(error).__name__}: {error}")


def parted(work: Work, facts: Sequence[Event]) -> tuple[tuple[Told, ...], tuple[Told, ...]]:
    """Results, and calls of those who work for money. News of progress depend on the clock: they are not compared."""
    lasting = [fact for fact in facts if not fact.progress]
    results = tuple(told_of(fact, work.effect) for fact in lasting if not fact.own_stream)
    return results, tuple(told_of(fact, "call") for fact in lasting if fact.own_stream)
