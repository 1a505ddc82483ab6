"""What a service said then, fact by fact that it reacted to, beside what it says now. In memory, for one service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from philo_contracts.envelope import Envelope, wrap
from philo_contracts.events import Event
from philo_kernel.work import Work


class Script:
    """Whatever is said now in the place of a fact of then is told with its id, place and time: what is decided later depends
    on them, and nothing else may."""

    def __init__(self, service: str, then: Iterable[Envelope]) -> None:
        self.service = service
        self.then: defaultdict[UUID | None, list[Envelope]] = defaultdict(list)
        for envelope in then:
            self.then[envelope.causationid].append(envelope)
        self.now: defaultdict[UUID | None, list[Envelope]] = defaultdict(list)
        self.orders: defaultdict[UUID | None, list[Work]] = defaultdict(list)
        self._told: set[UUID] = set()
        self._all: list[tuple[UUID | None, Envelope | Work]] = []
        """Each fact and each order with its cause, in their order."""

    def say(self, cause: Envelope | None, fact: Event, stream: str, version: int, tenant: str | None) -> Envelope:
        because = cause.id if cause else None
        twin = self._twin(because, fact, stream)
        if twin is None:
            owner = tenant or (cause.tenantid if cause else None)
            told = wrap(
                fact, source=self.service, stream=stream, version=version, because=because, tenant=owner
            )  # its time is now: nobody said it then
        else:
            self._told.add(twin.id)
            told = twin.model_copy(update={"data": fact.model_dump(mode="json"), "schemaversion": fact.schema_version})
        self.now[because].append(told)
        self._all.append((because, told))
        return told

    def order(self, cause: Envelope | None, work: Work) -> None:
        because = cause.id if cause else None
        self.orders[because].append(work)
        self._all.append((because, work))

    def stream(self, name: str) -> list[Envelope]:
        """What has been said of it so far."""
        said = [one for told in self.now.values() for one in told if one.subject == name]
        return sorted(said, key=lambda one: one.streamversion)

    def mark(self) -> int:
        """Where the script is now, to go back to."""
        return len(self._all)

    def since(self, mark: int) -> list[tuple[UUID | None, Envelope | Work]]:
        """What was said and ordered since, each with its cause."""
        return self._all[mark:]

    def back_to(self, mark: int) -> None:
        """What was said and ordered since does not count: its unit was undone."""
        while len(self._all) > mark:
            cause, undone = self._all.pop()
            if isinstance(undone, Envelope):
                self.now[cause].pop()
                self._told.discard(undone.id)
            else:
                self.orders[cause].pop()

    def _twin(self, because: UUID | None, fact: Event, stream: str) -> Envelope | None:
        """The same fact of then, else the first of its kind that has not been said again yet."""
        kind, data = type(fact).__name__, fact.model_dump(mode="json")
        alike = [
            one for one in self.then[because] if one.type == kind and one.subject == stream and one.id not in self._told
        ]
        return next((one for one in alike if one.fact().model_dump(mode="json") == data), next(iter(alike), None))
