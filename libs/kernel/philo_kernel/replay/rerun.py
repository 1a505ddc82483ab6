"""A recorded job run once more through the code as it is now, service by service, and what would be said otherwise."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncEngine

from philo_contracts.envelope import Envelope
from philo_contracts.events import JobCancelled, JobCompleted, JobFailed
from philo_kernel.builtin import with_builtin
from philo_kernel.database import engine_for
from philo_kernel.handler import Handler
from philo_kernel.replay.composition import Composition, replay_of
from philo_kernel.replay.recording import Recording
from philo_kernel.replay.recording_reading import messages_of
from philo_kernel.replay.rerun_answers import Answers
from philo_kernel.replay.rerun_difference import Divergence, Told, first_untold, same, told, told_message
from philo_kernel.replay.rerun_script import Script
from philo_kernel.replay.rerun_steps import Step, is_call, steps_of
from philo_kernel.replay.rerun_unit import RerunUnit, rerun_unit
from philo_kernel.replay.rerun_work import Carried, Past, belongs, carried_out
from philo_kernel.work import Work


class OtherwiseError(Exception):
    """In this order something else is said than was said then."""


@dataclass
class Ran:
    """`differences` are in the order in which it was said otherwise then; `reactions` and `works` were compared."""

    differences: list[Divergence] = field(default_factory=list)
    reactions: int = 0
    works: int = 0


async def run(recording: Recording, databases: Mapping[str, str]) -> Ran:
    """What each service would say otherwise.

    `databases` are empty ones with the tables of each service, by its name; a service without one is left out. Nothing
    else is reached, if it is run inside of `unreachable`.
    """
    ran = Ran()
    for service, url in databases.items():
        async with rerunning(recording, service, url) as rerun:
            ran.differences += await rerun.differences()
            ran.reactions, ran.works = ran.reactions + rerun.reactions, ran.works + rerun.works
    ran.differences.sort(key=lambda one: one.at)
    return ran


@asynccontextmanager
async def rerunning(recording: Recording, service: str, url: str) -> AsyncIterator[Rerun]:
    answers = Answers(recording, service)
    composition = replay_of(service).composition(recording.about.terms.get(service), answers)
    engine = engine_for(url, pool=2, application=f"philo-replay-{service}")
    try:
        yield Rerun(recording, composition, answers, engine)
    finally:
        await engine.dispose()


@dataclass
class Rerun:
    """One service's part of it."""

    recording: Recording
    composition: Composition
    answers: Answers
    engine: AsyncEngine
    reactions: int = 0
    works: int = 0
    errors: dict[str, str] = field(default_factory=dict)
    """By `handler fact`: what was raised while it was handled now."""
    refused: list[Divergence] = field(default_factory=list)

    def __post_init__(self) -> None:
        known = {one.fact.id for one in self.recording.facts}
        elsewhere = [one for one in self.recording.around if one.source == self.name and one.causationid in known]
        self.said = self.recording.of(self.name)
        self.script = Script(self.name, (*(one.fact for one in self.said), *elsewhere))
        self.facts = {one.fact.id: one.fact for one in self.recording.facts}
        works = bool(self.composition.tasks)
        self.handlers = with_builtin(self.composition.handlers, self.composition.listens_to, works=works)

    @property
    def name(self) -> str:
        return self.composition.name

    async def differences(self) -> list[Divergence]:
        await self.take_around()
        steps = steps_of(self.recording, self.composition, self.handlers)
        for step in steps:
            await self.take(step.facts) if step.given else await self.handle(step)
        worked = [difference async for difference in self.worked()]
        return [*self.refused, *self.handled(steps), *worked, *await self.untold()]

    async def take_around(self) -> None:
        """The film that the job edits, as it was when it began to be edited."""
        known = {one.fact.id for one in self.recording.facts}
        before: list[Envelope] = []
        for fact in self.recording.around:
            if fact.causationid in known:
                break
            before.append(fact)
        if before and before[0].source == self.name:
            await self.take(before)

    async def take(self, facts: Sequence[Envelope]) -> None:
        """Write down what somebody has asked for, as it was; where things have gone otherwise before, it may not fit."""
        if not self.composition.take:
            return
        mark = self.script.mark()
        try:
            async with rerun_unit(self.engine, self.script) as unit:
                await self.composition.take(unit, facts)
        except Exception as error:  # noqa: BLE001 - whatever it is, a person is told of it
            self.script.back_to(mark)
            words = f"This raises now: {type(error).__name__}: {error}"
            self.refused.append(
                Divergence(facts[0].time, self.name, "taking what was asked for", facts[0], words=words)
            )

    async def handle(self, step: Step) -> None:
        """All of one transaction in one, in the order in which the same is said as then if there is one. If anything in it
        fails, each fact is settled alone."""
        orders = [self.wanted(facts) for facts in step.orders()]
        self.reactions += len(orders[0])
        for wanted in orders if len(orders) > 1 else ():
            if await self.together(wanted, as_at=step.at):
                return
        if await self.together(orders[0]):
            return
        for one in orders[0]:
            await self.together([one], alone=True)

    def wanted(self, facts: Iterable[Envelope]) -> list[tuple[Handler, Envelope]]:
        return [(handler, fact) for fact in facts for handler in self.wanting(fact)]

    def wanting(self, fact: Envelope) -> Iterator[Handler]:
        yield from (one for one in self.handlers if any(kind.__name__ == fact.type for kind in one.events))

    async def together(
        self, wanted: Sequence[tuple[Handler, Envelope]], *, alone: bool = False, as_at: datetime | None = None
    ) -> bool:
        """In one unit, which is undone if anything in it fails, or if something else is said than was said `as_at`."""
        mark = self.script.mark()

        def agree() -> None:
            if as_at and not self.as_then(mark, as_at):
                raise OtherwiseError

        try:
            async with rerun_unit(self.engine, self.script, agree) as unit:
                await react(unit, wanted)
        except Exception as error:  # noqa: BLE001 - whatever it is, a person is told of it
            self.script.back_to(mark)
            if alone:
                handler, fact = wanted[0]
                self.errors[f"{handler.name} {fact.id}"] = f"{type(error).__name__}: {error}"
            return False
        return True

    async def untold(self) -> list[Divergence]:
        """What people were told then, of which old news may have been dropped since: all of it is told now, in its order."""
        then = [one for one in self.recording.messages if one.service == self.name]
        async with rerun_unit(self.engine, self.script) as unit:
            job = self.recording.about.job
            now = await messages_of(unit.connection, self.name, self.composition.tells, job)
        missed = first_untold(then, now)
        if missed is None:
            return []
        known, found = missed
        sides = (told_message(known),), (told_message(found),) if found else ()
        return [Divergence(known.at, self.name, "telling people of it", None, *sides)]

    def as_then(self, mark: int, at: datetime) -> bool:
        """Whether what was said and ordered since, is what was said then in the transaction of this time."""
        new = self.script.since(mark)
        orders = {one.effect: cause for cause, one in new if isinstance(one, Work)}
        now = Counter((cause, told(one)) for cause, one in new if isinstance(one, Envelope) and self.is_mine(one))
        mine = (one.fact for one in self.said if one.at == at and one.ordered_at is None)
        then = Counter((one.causationid, told(one)) for one in mine if not belongs(one, frozenset(orders)))
        causes = {one.fact.subject: one.fact.causationid for one in self.said if one.fact.subject in orders}
        return now == then and all(orders[effect] == cause for effect, cause in causes.items())

    def is_mine(self, fact: Envelope) -> bool:
        return fact.subject not in {one.subject for one in self.recording.around}

    def handled(self, steps: Sequence[Step]) -> Iterator[Divergence]:
        """What handlers said of each fact, then and now."""
        effects = frozenset(work.effect for given in self.script.orders.values() for work in given)
        for step in steps:
            for fact in () if step.given else step.facts:
                yield from self.reacted(step.at, fact, effects)

    def reacted(self, at: datetime, fact: Envelope, effects: frozenset[str]) -> Iterator[Divergence]:
        then = tuple(told(one) for one in self.script.then[fact.id] if not belongs(one, effects))
        now = tuple(told(one) for one in self.script.now[fact.id])
        words = self.raised(fact)
        if not same(then, now) or words:
            yield Divergence(at, self.name, f"reacting to {fact.type}", fact, then, now, words)

    def raised(self, fact: Envelope) -> str:
        """Errors that were not there then, and those that are gone."""
        before = {
            one.handler: one.error for one in self.recording.parked if (one.service, one.event) == (self.name, fact.id)
        }
        now = {one.name: error for one in self.wanting(fact) if (error := self.errors.get(f"{one.name} {fact.id}"))}
        new = [f"{handler} raises now: {error}" for handler, error in now.items() if handler not in before]
        gone = [f"{handler} raised then: {error}" for handler, error in before.items() if handler not in now]
        return " ".join((*new, *gone))

    async def worked(self) -> AsyncIterator[Divergence]:
        """What came of the orders that handlers give now: each once, in the order in which they were done then."""
        orders = {work.effect: work for given in self.script.orders.values() for work in given}
        past = {effect: Past.of(effect, self.said) for effect in orders}
        ended = [(one.last.at, one.last.position, effect) for effect, one in past.items() if one.last]
        calls: list[Told] | None = []
        for at, _, effect in sorted(ended):
            carried = await carried_out(orders[effect], self.composition, self.answers)
            self.works += 1
            calls = None if calls is None or carried.unanswered else [*calls, *carried.calls]
            if difference := self.came_of(orders[effect], past[effect], carried, at):
                yield difference
        for difference in (*self.unheard_of(orders, past), *(() if calls is None else self.called(calls))):
            yield difference

    def came_of(self, work: Work, past: Past, carried: Carried, at: datetime) -> Divergence | None:
        """What failed then for reasons that nobody can bring back, a process that died for one, is taken as it was; so is
        work that was stopped with its job, if it went the same way until then."""
        fine = not carried.words or bool(past.failed and set(carried.failed) <= set(past.failed))
        if fine and same(past.said, carried.said):
            return None
        if self.stopped and (fine or carried.unanswered) and same(past.said, carried.said[: len(past.said)]):
            return None
        cause, now = self.cause_of(work), (*carried.said, *carried.failed)
        return Divergence(
            at, self.name, f"at work on {work.effect}", cause, past.said or past.failed, now, carried.words
        )

    @property
    def stopped(self) -> bool:
        """Whether the job was cancelled or failed for good, and work of it may have been broken off."""
        types = {one.fact.type for one in self.recording.facts}
        return bool(types & {JobCancelled.__name__, JobFailed.__name__}) and JobCompleted.__name__ not in types

    def unheard_of(self, orders: Mapping[str, Work], past: Mapping[str, Past]) -> Iterator[Divergence]:
        """A job that was done had nothing left to do: what was not said of an order, was not ordered."""
        done = next((one.at for one in self.recording.facts if one.fact.type == JobCompleted.__name__), None)
        for effect, work in orders.items():
            if done and work.kept and past[effect].last is None:
                words = "This is ordered now, and was not then."
                cause = self.cause_of(work)
                yield Divergence(cause.time if cause else done, self.name, f"ordering {effect}", cause, words=words)

    def called(self, calls: Sequence[Told]) -> Iterator[Divergence]:
        """Who was asked in words, and how often. Where something unknown was asked for, that is told already."""
        then = [(one.at, told(one.fact)) for one in self.said if is_call(one.fact)]
        before, now = ([one for one in some if '"exchange": {' in one.data] for some in ([t for _, t in then], calls))
        if sorted(map(str, before)) != sorted(map(str, now)):
            first = next((at for at, one in then if one not in now), self.recording.facts[-1].at)
            yield Divergence(first, self.name, "asking providers", None, tuple(before), tuple(now))

    def cause_of(self, work: Work) -> Envelope | None:
        found = (cause for cause, given in self.script.orders.items() if work in given)
        cause = next(found, None)
        return self.facts.get(cause) if cause else None


async def react(unit: RerunUnit, wanted: Sequence[tuple[Handler, Envelope]]) -> None:
    for handler, fact in wanted:
        unit.cause = fact
        await handler.react(fact.fact(), unit)
