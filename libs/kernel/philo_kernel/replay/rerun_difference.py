"""Where something else would be said now than was said then, in a form that a person reads. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import unified_diff

from philo_contracts.envelope import Envelope
from philo_contracts.events import Event
from philo_contracts.events.calls import ProviderCalled
from philo_kernel.replay.recording import Message

UNTOLD = frozenset({"id", "seconds", "attempt"})
"""What of a call is another one each time, as the attempt is in which a fault was met."""


@dataclass(frozen=True)
class Told:
    """A fact as it is compared: without when and under which number it was said."""

    type: str
    stream: str
    data: str
    """JSON with a line for each value."""

    def __str__(self) -> str:
        return f"{self.type} in {self.stream}\n{self.data}"


@dataclass(frozen=True)
class Divergence:
    """`service`, at work on `what` because of `cause`. `words` are an error or a wish that could not be answered."""

    at: datetime
    service: str
    what: str
    cause: Envelope | None
    then: tuple[Told, ...] = ()
    now: tuple[Told, ...] = ()
    words: str = ""

    def lines(self) -> Iterator[str]:
        """As a unified diff: what was said then goes with `-`, what would be said now with `+`."""
        then, now = ("\n".join(str(one) for one in side).splitlines() for side in (self.then, self.now))
        yield from unified_diff(then, now, "then", "now", lineterm="", n=3)


def told(envelope: Envelope) -> Told:
    """In the shape that facts have today: an upcaster is no difference."""
    return told_of(envelope.fact(), envelope.subject)


def told_of(fact: Event, stream: str) -> Told:
    data = fact.model_dump(mode="json")
    if isinstance(fact, ProviderCalled):
        stream = "call"
        data["call"] = {name: value for name, value in data["call"].items() if name not in UNTOLD}
    if isinstance(data.get("fault"), dict):
        del data["fault"]["attempt"]
    return Told(type(fact).__name__, stream, json.dumps(data, indent=2, ensure_ascii=False))


def told_message(message: Message) -> Told:
    return Told(message.name, "messages", json.dumps(json.loads(message.body), indent=2, ensure_ascii=False))


def first_untold(then: Sequence[Message], now: Sequence[Message]) -> tuple[Message, Message | None] | None:
    """The first message of then that is not told now in its turn, and the first one of its name that is left."""
    left = list(now)
    for one in then:
        place = next((place for place, other in enumerate(left) if other == one), None)
        if place is None:
            return one, next((other for other in left if other.name == one.name), None)
        del left[: place + 1]
    return None


def same(then: Sequence[Told], now: Sequence[Told]) -> bool:
    """In the same order within each stream; streams have no order between them."""
    return by_stream(then) == by_stream(now)


def by_stream(facts: Sequence[Told]) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = {}
    for one in facts:
        found.setdefault(one.stream, []).append(one)
    return found
