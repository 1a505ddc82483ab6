"""What a service reacts to: a function of one event in one unit of work."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from philo_contracts.events import Event
from philo_kernel.unit import Unit

Fact = TypeVar("Fact", bound=Event)
Reaction = Callable[[Any, Unit], Awaitable[None]]


@dataclass(frozen=True)
class Handler:
    """`events` are the types it wants; its name is the key of its inbox and never changes once deployed."""

    events: tuple[type[Event], ...]
    react: Reaction
    name: str


def on(*events: type[Event]) -> Callable[[Reaction], Handler]:
    """React to these facts, one at a time, in the order of their streams."""

    def handler(react: Reaction) -> Handler:
        return Handler(events, react, react.__name__)

    return handler
