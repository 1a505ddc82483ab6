"""CPU work in a few long-lived child processes, one call at a time each, without blocking the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Self, TypeVar, TypeVarTuple, cast

from philo_kernel.child import Call, Done, Failed, SoftLimitReached, UnspeakableError, pack, report
from philo_kernel.child_process import GRACE, ChildProcess
from philo_kernel.limits import Limits

__all__ = ["ChildDied", "Children", "LimitExceeded", "SoftLimitReached", "UnspeakableError", "report"]

BIRTHS = 3

R = TypeVar("R")
Args = TypeVarTuple("Args")
Listener = Callable[[Any], None]  # whatever the function reports


class LimitExceeded(Exception):
    """The work took longer than it may."""


class ChildDied(Exception):
    """A child process ended in the middle of its work."""


class Children:
    """At most `count` child processes; each keeps what it has loaded from call to call.

    `prepare` (a module-level function) runs once in every new child before its first call. Calls wait in a fair queue.
    A child that was stopped, killed or lost is replaced when the next call needs one. Numeric libraries in a child use
    one thread. Use it in the thread whose end shall end the children: Linux ties their life to that thread.
    """

    def __init__(self, count: int, *, prepare: Callable[[], None] | None = None) -> None:
        self._turns = asyncio.Semaphore(count)
        self._prepare = prepare or _ready
        self._idle: list[ChildProcess] = []
        self._alive: set[ChildProcess] = set()
        self._leaving: set[asyncio.Task[None]] = set()
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def run(
        self,
        function: Callable[[*Args], R],
        *args: *Args,
        limits: Limits,
        progress: Listener | None = None,
    ) -> R:
        """What `function(*args)` returns, run in a free child; both travel by pickle: the function is a module's own.

        `progress` is called with every value that the function gives to `report`. The function's own error is raised as
        itself, with the child's traceback as a note. At the soft limit SoftLimitReached is raised inside the function;
        at the hard one its child is killed. Preparing a new child may take as long as the hard limit, and does not
        count. Cancelling this call asks the child to leave and kills it 1.5 s later.

        Raises LimitExceeded, ChildDied, RuntimeError after `close`.
        """
        from philo_kernel import telemetry  # noqa: PLC0415 - children import this module too, and trace nothing

        with telemetry.span(f"child {_name(function)}") as span:
            call = Call(function, args, limits.soft.total_seconds(), traced=span.is_recording())
            packed = pack(call)
            async with self._turns:
                child = self._awake() or await self._start(limits)
                span.add_event("begun", {"pid": child.process.pid})
                reply = await self._converse(child, _name(function), packed, limits, progress)
                if not self._closed:
                    self._idle.append(child)
            telemetry.stages_told(reply.stages)
            return cast("R", _value(reply, _name(function), limits))

    async def close(self) -> None:
        """Stop every child, also those at work: their callers get ChildDied."""
        self._closed = True
        self._idle.clear()
        for child in list(self._alive):
            self._dismiss(child)
        while self._leaving:
            await asyncio.gather(*self._leaving)

    def _awake(self) -> ChildProcess | None:
        """An idle child that has not died while it waited for work."""
        while self._idle:
            child = self._idle.pop()
            if child.alive:
                return child
            self._dismiss(child, ask=False)
        return None

    async def _start(self, limits: Limits) -> ChildProcess:
        """A prepared child. One that dies on its way says nothing about the call, so a few are tried."""
        for _ in range(BIRTHS - 1):
            with suppress(ChildDied):
                return await self._prepared(limits)
        return await self._prepared(limits)

    async def _prepared(self, limits: Limits) -> ChildProcess:
        if self._closed:
            raise RuntimeError("these children are closed; no call can be made")
        child = await ChildProcess.start()
        self._alive.add(child)
        packed = pack(Call(self._prepare, (), limits.hard.total_seconds()))
        reply = await self._converse(child, _name(self._prepare), packed, limits, None)
        if isinstance(reply, Failed):
            await asyncio.shield(self._dismiss(child))
        _value(reply, _name(self._prepare), limits)
        return child

    async def _converse(
        self, child: ChildProcess, name: str, packed: bytes, limits: Limits, progress: Listener | None
    ) -> Done | Failed:
        """The child's reply; if none comes, the child is gone when this raises."""
        clock = asyncio.timeout(limits.hard.total_seconds())
        try:
            async with clock:
                return await child.ask(packed, progress)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            await asyncio.shield(self._dismiss(child, ask=False))
            raise ChildDied(f"the child process that ran {name} {child.fate()}") from error
        except TimeoutError:
            await asyncio.shield(self._dismiss(child, grace=0 if clock.expired() else GRACE))
            if not clock.expired():  # the listener's own
                raise
            raise LimitExceeded(f"{name} did not end within {limits.hard.total_seconds():g} s and was killed") from None
        except BaseException:
            await asyncio.shield(self._dismiss(child))
            raise

    def _dismiss(self, child: ChildProcess, grace: float = GRACE, *, ask: bool = True) -> asyncio.Task[None]:
        """Leaving goes on by itself even when the one who waits for it is cancelled."""
        self._alive.discard(child)
        leaving = asyncio.create_task(child.stop(grace, ask=ask))
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)
        return leaving


def _value(reply: Done | Failed, name: str, limits: Limits) -> object:
    if isinstance(reply, Done):
        return reply.value
    if isinstance(reply.error, SoftLimitReached):
        raise LimitExceeded(
            f"{name} did not end within {limits.soft.total_seconds():g} s and was asked to stop"
        ) from reply.error
    raise reply.error


def _ready() -> None:
    """The first call of a child without preparation: the time it takes to start is not the work's."""


def _name(function: Callable[..., object]) -> str:
    return getattr(function, "__qualname__", repr(function))
