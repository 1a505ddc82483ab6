"""States that services keep beside the facts, and whether they are what the facts say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from json import loads
from typing import Any, Literal
from uuid import UUID

from asyncpg import Connection
from pydantic import BaseModel, ValidationError

from philo_contracts.envelope import Envelope
from philo_contracts.events import Event
from philo_contracts.evolution import ImpossibleTransition
from philo_contracts.upcasters import UnknownFact
from philo_kernel.housekeeping import INBOX_DAYS
from philo_kernel.replay.story_chapter import Part, Told
from philo_kernel.replay.story_difference import Difference, differences
from philo_kernel.replay.story_order import in_causal_order

HEARD = "select event from inbox where handler = any($1::text[]) and event = any($2::uuid[])"


@dataclass(frozen=True)
class Kept:
    """One state that a service keeps of each job: where it lies, and how it follows from facts.

    `query` answers it as one text of JSON for the job `$1`, or no row. `fold` is pure and is given the facts of the kinds
    `of` in causal order; None says that nothing is to be kept. `handlers` are those whose inbox tells what has arrived;
    without them the state is written together with its facts. What `outlives` its owner is kept, under nobody's name.
    """

    name: str
    query: str
    of: tuple[type[Event], ...]
    fold: Callable[[str, Sequence[Envelope]], BaseModel | None]
    shape: type[BaseModel]
    handlers: tuple[str, ...] = ()
    forgotten_after: timedelta | None = None
    outlives: bool = False


Standing = Literal["same", "behind", "differs", "erased", "forgotten"]


class Verdict(Part):
    """How a state stands to the facts: the `same`; `behind`, for the service has not heard `unheard` of them yet; or it
    `differs`. Of somebody who was `erased` nothing may be kept; what was done with long ago is `forgotten`."""

    service: str
    state: str
    standing: Standing
    facts: int
    unheard: tuple[UUID, ...] = ()
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Found:
    """What one look at a service's database has found of a kept state."""

    stored: str | None
    heard: frozenset[UUID]
    now: datetime
    facts: Sequence[Told] = field(default=())


async def compared(connection: Connection, service: str, kept: Kept, job: str, facts: Iterable[Told]) -> Verdict:
    """Read the state, and hold it against the facts of all services."""
    wanted = {one.__name__ for one in kept.of}
    about = [one.fact for one in in_causal_order(facts) if one.fact.type in wanted]
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        stored = await connection.fetchval(kept.query, job)
        now = await connection.fetchval("select now()")
        rows = await connection.fetch(HEARD, list(kept.handlers), [fact.id for fact in about])
    heard = frozenset(row["event"] for row in rows)
    return verdict(service, kept, job, Found(stored, heard, now, about))


def verdict(service: str, kept: Kept, job: str, found: Found) -> Verdict:
    """Pure. Of a service that lags behind only what it has heard can count against it."""
    unheard = tuple(fact.id for fact in found.facts if not arrived(fact, kept, found))

    def judged(standing: Standing, unlike: Sequence[Difference] = ()) -> Verdict:
        return Verdict(
            service=service,
            state=kept.name,
            standing=standing,
            facts=len(found.facts),
            unheard=unheard,
            differences=tuple(unlike),
        )

    if any(fact.envelope is None for fact in found.facts):
        left = loads(found.stored) if found.stored and not kept.outlives else None
        return judged("differs", [Difference(path="", stored=left, only="stored")]) if left else judged("erased")
    if found.stored is None and done_with(kept, found):
        return judged("forgotten")
    if not (unlike := held_against(kept, job, found, found.facts)):
        return judged("same")
    if not unheard:
        return judged("differs", unlike)
    unlike = held_against(kept, job, found, [fact for fact in found.facts if fact.id not in unheard])
    return judged("differs", unlike) if unlike else judged("behind")


def arrived(fact: Told, kept: Kept, found: Found) -> bool:
    """An inbox goes back so far; what is older was handled, or lies in the dead letters."""
    return not kept.handlers or fact.id in found.heard or found.now - fact.at > timedelta(days=INBOX_DAYS - 1)


def done_with(kept: Kept, found: Found) -> bool:
    newest = max((fact.at for fact in found.facts), default=None)
    return bool(kept.forgotten_after and newest and found.now - newest > kept.forgotten_after)


def held_against(kept: Kept, job: str, found: Found, facts: Sequence[Told]) -> list[Difference]:
    stored = as_known(kept, found.stored)
    try:
        folded = kept.fold(job, [fact.envelope for fact in facts if fact.envelope])
    except (ImpossibleTransition, UnknownFact, ValidationError) as error:
        return [Difference(path="", stored=stored, folded=f"these facts cannot be folded: {error}")]
    return list(differences(stored, None if folded is None else loads(folded.model_dump_json())))


def as_known(kept: Kept, stored: str | None) -> Any:  # noqa: ANN401 - any JSON
    """What is stored, with what has come to its shape since; as it lies there if it has no such shape."""
    if stored is None:
        return None
    try:
        return loads(kept.shape.model_validate_json(stored).model_dump_json())
    except ValidationError:
        return loads(stored)
