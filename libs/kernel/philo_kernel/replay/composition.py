"""A service as replay puts it together: everything it reacts with and works with, and nothing that it runs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol, cast

from philo_contracts.envelope import Envelope
from philo_contracts.topics import SERVICES
from philo_kernel.handler import Handler
from philo_kernel.replay.rerun_answers import Answers
from philo_kernel.unit import Unit
from philo_kernel.work import Task

Terms = Mapping[str, Any]
"""What of a service's settings its decisions depend on, as JSON. Never a secret, never an address."""
Take = Callable[[Unit, Sequence[Envelope]], Awaitable[None]]


@dataclass(frozen=True)
class Composition:
    """What `main.py` gives to the kernel, less all that leaves the process.

    `take` writes down facts of the service's own that nothing in the recording caused: somebody asked for them. `tells` is
    a query for what people were told of the job `$1`: at, name and body of each message, in order.
    """

    name: str
    listens_to: Sequence[str] = ()
    handlers: Sequence[Handler] = ()
    tasks: Sequence[Task] = ()
    ports: object = None
    take: Take | None = None
    tells: str | None = None


class ReplayOf(Protocol):
    """The module `philo_<service>.replay`, which each service has beside its `main.py`."""

    def composition(self, terms: Terms | None = None, answers: Answers | None = None) -> Composition:
        """Without `answers` every port raises `EffectInReplay`; with them, what was answered then is answered again."""
        ...

    def terms_of(self, told: Mapping[str, str]) -> Terms:
        """Those that the service runs with in this environment, with what it is `told` besides, by settings' names."""
        ...


def replay_of(service: str) -> ReplayOf:
    return cast("ReplayOf", import_module(f"philo_{service}.replay"))


def compositions(terms: Mapping[str, Terms] | None = None) -> dict[str, Composition]:
    """All services, with every port forbidden."""
    return {name: replay_of(name).composition((terms or {}).get(name)) for name in SERVICES}
