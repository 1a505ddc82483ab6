"""Inside a child process: take one call after the other, answer each.

The parent (`child_process.py`) holds the other end of a socket. A message is a pickle behind its length (8 bytes, big
endian); both ends are the same program on the same machine, and nobody else can reach the socket.
"""

from __future__ import annotations

import ctypes
import pickle
import signal
import socket
import struct
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType, FunctionType
from typing import Any

from philo_kernel.stages import Stage, noted

LENGTH = struct.Struct(">Q")
PR_SET_PDEATHSIG = 1  # linux/prctl.h


class SoftLimitReached(Exception):
    """The work has used up its time; clean up and leave."""


class UnspeakableError(RuntimeError):
    """What a child wanted to say could not be pickled; the words hold what is known of it."""


@dataclass(frozen=True, slots=True)
class Call:
    """`function(*args)`, to be asked to stop after `soft` seconds."""

    function: Callable[..., Any]
    args: tuple[Any, ...]  # whatever the function takes
    soft: float
    traced: bool = False
    """Whether anybody wants to know what it was busy with."""


@dataclass(frozen=True, slots=True)
class Progress:
    value: Any  # whatever the function reports


@dataclass(frozen=True, slots=True)
class Done:
    value: Any  # whatever the function returns
    stages: Sequence[Stage] = ()


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is no value."""

    error: Exception
    stages: Sequence[Stage] = ()

    def __reduce__(self) -> tuple[Callable[..., Failed], tuple[object, ...]]:
        return failed, (type(self.error), self.error.args, self.error.__dict__, self.stages)


def failed(
    kind: type[Exception], args: tuple[object, ...], state: dict[str, object], stages: Sequence[Stage] = ()
) -> Failed:
    """An error travels by what it is made of: a class of ours may ask for other arguments than it keeps."""
    error = kind.__new__(kind, *args) if isinstance(kind.__init__, FunctionType) else kind(*args)
    error.__dict__.update(state)
    return Failed(error, stages)


Reply = Progress | Done | Failed


def pack(message: Call | Reply) -> bytes:
    body = pickle.dumps(message, protocol=5)
    return LENGTH.pack(len(body)) + body


class Signals:
    """Turns SIGALRM into SoftLimitReached and SIGTERM into an orderly exit, but never in the middle of a message."""

    def __init__(self) -> None:
        self._armed = False
        self._held = 0
        self._pending: BaseException | None = None
        signal.signal(signal.SIGALRM, self._alarm)
        signal.signal(signal.SIGTERM, self._leave)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer

    @contextmanager
    def alarm(self, after: float) -> Iterator[None]:
        self._armed = True
        signal.setitimer(signal.ITIMER_REAL, after)
        try:
            yield
        finally:
            self._armed = False  # first: an alarm that is already on its way finds nobody
            signal.setitimer(signal.ITIMER_REAL, 0)

    @contextmanager
    def held(self) -> Iterator[None]:
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
        if not self._held and self._pending is not None:
            pending, self._pending = self._pending, None
            raise pending

    def _alarm(self, _signal: int, _frame: FrameType | None) -> None:
        if self._armed:
            self._raise(SoftLimitReached("the soft limit of this work is reached"))

    def _leave(self, _signal: int, _frame: FrameType | None) -> None:
        self._raise(SystemExit(0))

    def _raise(self, error: BaseException) -> None:
        if not self._held:
            raise error
        self._pending = error


class Line:
    """The child's end of the socket."""

    def __init__(self, end: socket.socket, signals: Signals) -> None:
        self._end = end
        self._signals = signals
        self._source = end.makefile("rb")
        self._writing = threading.Lock()

    def receive(self) -> bytes | None:
        """The next call, pickled, or None when the parent has hung up."""
        head = self._source.read(LENGTH.size)
        if len(head) < LENGTH.size:
            return None
        (size,) = LENGTH.unpack(head)
        return self._source.read(size)

    def send(self, packed: bytes) -> None:
        if threading.current_thread() is not threading.main_thread():  # signals are raised in the main thread only
            with self._writing:
                return self._end.sendall(packed)
        with self._signals.held(), self._writing:
            self._end.sendall(packed)
        return None


_line: Line | None = None


def report(value: object) -> None:
    """Send `value` (it is pickled) to the `progress` of the running call; without a parent, to nobody."""
    if _line is not None:
        _line.send(pack(Progress(value)))


def answer(message: bytes, signals: Signals) -> bytes:
    stages: Sequence[Stage] = ()
    try:
        call: Call = pickle.loads(message)  # noqa: S301 - see the module's docstring
        with noted(wanted=call.traced) as stages, signals.alarm(call.soft):
            value = call.function(*call.args)
        return pack(Done(value, stages))
    except Exception as error:  # noqa: BLE001 - the caller gets it as it is
        return _failure(error, stages)


def _failure(error: Exception, stages: Sequence[Stage] = ()) -> bytes:
    story = "".join(traceback.format_exception(error)).rstrip()
    error.add_note(f"in a child process:\n{story}")
    try:
        packed = pack(Failed(error, stages))
        pickle.loads(packed[LENGTH.size :])  # noqa: S301 - what does not come apart here would break the parent
    except Exception:  # noqa: BLE001 - any class may refuse in its own way
        return pack(Failed(UnspeakableError(f"a child failed with an error that cannot travel:\n{story}")))
    return packed


def _die_with_parent() -> None:
    """Ask Linux for SIGKILL when the thread that started us ends; elsewhere the closed socket tells."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def main(descriptor: int) -> None:
    global _line  # noqa: PLW0603 - one line to the parent for the whole life of this process
    _die_with_parent()
    signals = Signals()
    _line = Line(socket.socket(fileno=descriptor), signals)
    while (message := _line.receive()) is not None:
        _line.send(answer(message, signals))
