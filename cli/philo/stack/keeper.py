"""Keeps one program running."""

import asyncio
import contextlib
import logging
import os
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Callable

from philo.stack import processes
from philo.stack.errors import DidNotComeUp, NotInstalled, NotPermitted, PortTaken, StackError
from philo.stack.home import Home
from philo.stack.logs import tail
from philo.stack.probe import answering, port_free
from philo.stack.program import Program
from philo.stack.status import Row, State

FIRST_PAUSE = 0.05  # seconds before the first restart; doubled up to the longest while the program does not stay ready
LONGEST_PAUSE = 5.0
PAUSE_AFTER_TROUBLE = 0.4  # at least, when it did not even become ready: what hinders it may be about to pass
STEADY = 10.0  # seconds of being ready after which a program's past is forgiven
ENDS_BEFORE_FAILED = 3
HOPELESS = (PortTaken, NotInstalled, NotPermitted)  # trying again would only delay the words


logger = logging.getLogger(__name__)


class Keeper:
    """Starts a program, watches it, starts it again when it ends; `row` tells how that goes.

    `changed` is called, on the event loop, after every change of the row.
    """

    def __init__(self, program: Program, home: Home, changed: Callable[[], None]) -> None:
        self.program = program
        self.row = Row(
            program.name, State.WAITING, program.port, stop_signal=int(program.stop_signal), grace=program.grace
        )
        self._home = home
        self._changed = changed
        self._process: Process | None = None
        self._log_began = 0
        self._settled = asyncio.Event()
        self._again = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, or, for a program that has failed, try at once."""
        if self._task is None:
            self._task = asyncio.create_task(self._keep())
        elif self.row.state is State.FAILED:
            self._settled.clear()
            self._tell(State.STARTING, trouble="")
            self._again.set()

    async def settled(self) -> None:
        """Wait until the program is ready.

        Raises:
            StackError: it has failed, with the reason.
        """
        await self._settled.wait()
        if self.row.state is State.FAILED:
            raise StackError(self.row.trouble)

    async def stop(self) -> None:
        """End the program: first as it likes it, then firmly."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        if self._process is not None:
            await self._end(self._process)
        self._tell(State.STOPPED, pid=None)

    async def _keep(self) -> None:
        failures, pause = 0, FIRST_PAUSE
        while True:
            ready_at = time.monotonic()
            trouble = await self._live_once()
            await self._clear_away()
            if trouble is None and time.monotonic() - ready_at > STEADY:
                failures, pause = 0, FIRST_PAUSE
            failures += trouble is not None
            self._settled.clear()
            self.row.restarts += 1
            if trouble is not None and (failures >= ENDS_BEFORE_FAILED or isinstance(trouble, HOPELESS)):
                self._tell(State.FAILED, pid=None, trouble=str(trouble))
                self._settled.set()
            elif self.row.state is not State.FAILED:
                self._tell(State.RESTARTING, pid=None)
            await self._pause(pause if trouble is None else max(pause, PAUSE_AFTER_TROUBLE))
            pause = min(2 * pause, LONGEST_PAUSE)

    async def _live_once(self) -> StackError | None:
        """Start the program and wait for its end. What kept it from becoming ready, or None where it was ready before."""
        try:
            process = await self._launch()
            await self._until_ready(process)
            self._tell(State.READY, trouble="")
            self._settled.set()
            await process.wait()
        except StackError as error:
            return error
        except Exception as error:
            logger.exception("%s could not be started", self.program.name)
            return StackError(f"{self.program.name} could not be started: {error!r}")
        return None

    async def _launch(self) -> Process:
        if self.row.state is not State.FAILED:
            self._tell(State.STARTING)
        await port_free(self.program)
        try:
            command = await asyncio.to_thread(self.program.prepare)
            with self._home.log(self.program.name).open("ab") as log:
                self._log_began = log.tell()
                self._process = await asyncio.create_subprocess_exec(
                    *command.argv, env=dict(command.env), cwd=self._home.root,
                    stdin=DEVNULL, stdout=log, stderr=log, start_new_session=True,
                )  # fmt: skip
        except OSError as error:
            raise StackError(f"{self.program.name} could not be started: {error}") from error
        self._tell(self.row.state, pid=self._process.pid)
        return self._process

    async def _until_ready(self, process: Process) -> None:
        name, patience = self.program.name, self.program.patience
        end, answer = asyncio.create_task(process.wait()), asyncio.create_task(answering(self.program))
        try:
            await asyncio.wait({end, answer}, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
            reason = f"it ended with {end.result()}" if end.done() else f"no answer within {patience:.0f} s"
            answered = answer.done() and not end.done()
        finally:
            answer.cancel()
            end.cancel()
        if not answered:
            await self._end(process)
            raise DidNotComeUp(name, reason, tail(self._home.log(name), since=self._log_began))

    async def _clear_away(self) -> None:
        """Nothing that an ended program started may keep its port or its files."""
        if self._process is not None:
            processes.end_group(self._process.pid)
            await self._process.wait()
            self._process = None

    async def _end(self, process: Process) -> None:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, self.program.stop_signal)
            try:
                async with asyncio.timeout(self.program.grace):
                    await process.wait()
            except TimeoutError:
                processes.end_group(process.pid)
        await self._clear_away()

    async def _pause(self, seconds: float) -> None:
        self._again.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._again.wait()

    def _tell(self, state: State, *, pid: int | None = -1, trouble: str | None = None) -> None:
        self.row.state = state
        if pid != -1:
            self.row.pid = pid
            self.row.start = processes.started(pid) if pid is not None else None
        if trouble is not None:
            self.row.trouble = trouble
        self._changed()
