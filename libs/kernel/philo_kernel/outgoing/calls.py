"""What is used of those who work for money: every request is told as it ends, answered or not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from philo_contracts.shapes import Exchange, ProviderCall

Service = Literal["text", "moderation", "speech", "music", "picture"]
Outcome = Literal["answered", "refused", "failed"]
Hear = Callable[[ProviderCall], Awaitable[None]]
_HEARING: ContextVar[Hear | None] = ContextVar("hearing", default=None)
_MAKING: ContextVar[Call | None] = ContextVar("making", default=None)


@dataclass
class Call:
    """One request while it is made: who makes it notes what it used, by unit, and what was charged in US dollars."""

    attempt: int
    quantities: dict[str, float] = field(default_factory=dict)
    charged: Decimal | None = None
    exchange: Exchange | None = None

    def used(self, **quantities: float) -> None:
        self.quantities.update(quantities)


@contextmanager
def heard_by(hear: Hear) -> Iterator[None]:
    """Every call that is made in here, and in what is started from here, is told to `hear` once it has ended."""
    token = _HEARING.set(hear)
    try:
        yield
    finally:
        _HEARING.reset(token)


@contextmanager
def making(call: Call) -> Iterator[None]:
    """In here `in_hand` is this call."""
    token = _MAKING.set(call)
    try:
        yield
    finally:
        _MAKING.reset(token)


def in_hand() -> Call | None:
    """The call that is being made, for those who see its request go out and its answer come in."""
    return _MAKING.get()


async def tell(call: ProviderCall) -> None:
    hear = _HEARING.get()
    if hear is not None:
        await hear(call)
