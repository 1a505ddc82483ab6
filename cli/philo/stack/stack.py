"""Start and stop a stack from Python: what `philo up` and `philo down` stand on."""

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection
from pathlib import Path

from philo.stack import orphans, processes, record, status
from philo.stack.endpoints import Endpoints, external_settings, locate
from philo.stack.errors import DidNotComeUp, OtherSettings, StackError, WithoutExtras
from philo.stack.home import Home, is_locked, locked
from philo.stack.logs import tail
from philo.stack.status import State, Status
from philo.stack.wanted import Wanted

LOOK_EVERY = 0.03  # seconds
DOWN_WITHIN = 60.0
FINE = (State.READY, State.EXTERNAL)


class Stack:
    """The servers, and if wanted the services, of one home folder.

    They belong to a supervisor process of their own: they outlive this object and this process.
    With `lease`, a path, they end soon after the last process that holds a lock on it.
    """

    def __init__(self, home: Path | None = None, *, throwaway: bool = False, lease: Path | None = None) -> None:
        self.home = Home(home.absolute()) if home else Home.default()
        self._throwaway = throwaway
        self._lease = lease

    def up(
        self,
        *,
        services: bool = True,
        extras: Collection[str] = (),
        seen: Callable[[Status], None] = lambda _: None,
    ) -> Endpoints:
        """Start what is not running and wait until all of it answers. `seen` is shown how it goes.

        `extras` run beside the servers, and the services are told of them: `jaeger` takes their traces.

        Raises:
            StackError: a part did not come up, with the reason and the end of its log. What is up stays up.
        """
        self.home.create()
        with locked(self.home.up_lock):
            if not self._as_wanted(services=services, extras=extras):
                self._ask(services=services, extras=extras)
                self._wait(seen)
        return self.endpoints()

    def down(self) -> bool:
        """Stop everything, in reverse order; False where nothing was running."""
        if not self.home.root.exists():
            return False
        running = self.is_running()
        if running:
            self._end_supervisor()
        orphans.end(self.home)
        return running

    def is_running(self) -> bool:
        """Whether the stack has a living supervisor."""
        return is_locked(self.home.supervisor_lock)

    def status(self) -> Status:
        """How every part is, as far as the supervisor knows; without one, nothing of what it last wrote is true."""
        seen = status.load(self.home)
        if not self.is_running():
            for row in seen.rows.values():
                row.state, row.pid = State.STOPPED, None
        return seen

    def endpoints(self) -> Endpoints:
        """Where everything is.

        Raises:
            StackError: this home has never seen an `up`.
        """
        known = record.load(self.home)
        if known is None:
            raise StackError(f"There is no stack in {self.home.root} yet. Run `philo up`.")
        wanted = Wanted.load(self.home)
        return locate(known, wanted.external, wanted.extras)

    def _as_wanted(self, *, services: bool, extras: Collection[str]) -> bool:
        if not self.is_running():
            return False
        wanted, now = Wanted.load(self.home), status.load(self.home)
        if wanted.external != external_settings():
            raise OtherSettings
        if not set(extras) <= set(wanted.extras):
            raise WithoutExtras(sorted(set(extras) - set(wanted.extras)))
        fine = all(row.state in FINE for row in now.rows.values())
        return now.done and fine and wanted.services >= services

    def _ask(self, *, services: bool, extras: Collection[str]) -> None:
        running = self.is_running()
        before = running and Wanted.load(self.home).services
        beside = Wanted.load(self.home).extras if running else tuple(extras)
        Wanted(
            token=secrets.token_hex(8),
            services=services or before,
            external=external_settings(),
            throwaway=self._throwaway,
            extras=beside,
            lease=str(self._lease) if self._lease else None,
        ).write(self.home)
        if running:
            os.kill(self._supervisor_pid(), signal.SIGHUP)
        else:
            self._start_supervisor()

    def _start_supervisor(self) -> None:
        with self.home.log("supervisor").open("ab") as log:
            subprocess.run(  # noqa: S603 - our own words
                [sys.executable, "-m", "philo.stack.supervisor", str(self.home.root)],
                check=True, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    def _wait(self, seen: Callable[[Status], None]) -> None:
        token, born = Wanted.load(self.home).token, time.monotonic()
        while True:
            now = status.load(self.home)
            if now.token == token:
                seen(now)
                if now.failure:
                    raise StackError(now.failure)
                if now.done:
                    return
            if not self.is_running() and time.monotonic() - born > 2:
                raise DidNotComeUp("The supervisor", "it ended", tail(self.home.log("supervisor")))
            time.sleep(LOOK_EVERY)

    def _end_supervisor(self) -> None:
        pid = self._supervisor_pid()
        start = processes.started(pid)
        if start is not None:
            processes.end(pid, start, signal.SIGTERM, DOWN_WITHIN)
        while self.is_running():
            time.sleep(LOOK_EVERY)

    def _supervisor_pid(self) -> int:
        while True:  # between taking the lock and writing into it there is a moment
            with contextlib.suppress(ValueError):
                return int(self.home.supervisor_lock.read_text())
            time.sleep(LOOK_EVERY)
