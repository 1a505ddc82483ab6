"""A program that the supervisor keeps running, as data."""

import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Command:
    """What to execute: arguments, the whole environment, all with the home folder as working directory."""

    argv: tuple[str, ...]
    env: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class Program:
    """One part of the stack.

    `prepare` may block; it makes whatever is missing (a data folder, a configuration) and says what to execute.
    `ready` returns once the part answers and raises while it does not. Times are in seconds.
    """

    name: str
    port: int
    prepare: Callable[[], Command]
    ready: Callable[[], Awaitable[None]]
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 60.0
    grace: float = 10.0
