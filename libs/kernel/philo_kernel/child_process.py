"""The parent's end of one child process: start it, ask it, stop it."""

from __future__ import annotations

import asyncio
import os
import pickle
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Self, cast

from philo_kernel.child import LENGTH, Done, Failed, Progress, Reply

GRACE = 1.5  # seconds between asking a child to leave and SIGKILL
BUFFER = 4 << 20
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"), "1"
)


@dataclass(slots=True, eq=False)
class ChildProcess:
    """A process of its own group, and our end of its socket."""

    process: asyncio.subprocess.Process
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def start(cls) -> Self:
        ours, theirs = socket.socketpair()
        with theirs:
            reader, writer = await asyncio.open_connection(sock=ours, limit=BUFFER)
            try:
                return cls(await _spawn(theirs.fileno()), reader, writer)
            except BaseException:
                writer.close()
                raise

    @property
    def alive(self) -> bool:
        """As far as has been heard: its end of the socket closes with it."""
        return self.process.returncode is None and not self.reader.at_eof()

    async def ask(self, packed_call: bytes, progress: Callable[[Any], None] | None) -> Done | Failed:
        self.writer.write(packed_call)
        await self.writer.drain()
        while isinstance(reply := await self._receive(), Progress):
            if progress is not None:
                progress(reply.value)
        return reply

    async def _receive(self) -> Reply:
        (size,) = LENGTH.unpack(await self.reader.readexactly(LENGTH.size))
        return cast("Reply", pickle.loads(await self.reader.readexactly(size)))  # noqa: S301 - our own child

    async def stop(self, grace: float = GRACE, *, ask: bool = True) -> None:
        """Ask it to leave unless it does so by itself; after `grace` seconds it and all it started are killed."""
        if ask:
            self._signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self.process.wait(), grace)
        except TimeoutError:
            self._signal(signal.SIGKILL)
            await self.process.wait()
        self.writer.close()
        with suppress(ConnectionError):
            await self.writer.wait_closed()

    def _signal(self, number: signal.Signals) -> None:
        if self.process.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def fate(self) -> str:
        """How it ended, as the end of a sentence."""
        code = self.process.returncode or 0
        if code >= 0:
            return f"exited with code {code}"
        out_of_memory = ", perhaps for want of memory" if -code == signal.SIGKILL else ""
        return f"was ended by {signal.Signals(-code).name}{out_of_memory}"


async def _spawn(descriptor: int) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-Pc",
        f"from philo_kernel.child import main; main({descriptor})",
        stdin=asyncio.subprocess.DEVNULL,
        pass_fds=[descriptor],
        env=os.environ | ONE_THREAD | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        start_new_session=True,  # Ctrl-C stays with the parent, and what the child starts ends with it
    )
