"""The process that owns a stack: starts everything in order, keeps it running, stops it in reverse.

`python -m philo.stack.supervisor HOME` leaves the terminal and returns at once. SIGHUP: read anew what is wanted.
SIGTERM: stop everything and end.
"""

import asyncio
import fcntl
import logging
import os
import signal
import sys
import time
from io import TextIOWrapper
from pathlib import Path

from philo.stack import orphans, plan, provision, record
from philo.stack.endpoints import EXTERNAL, locate
from philo.stack.errors import DidNotAnswer, StackError
from philo.stack.home import Home, is_abandoned
from philo.stack.keeper import Keeper
from philo.stack.logs import bound
from philo.stack.status import Row, State, Status
from philo.stack.wanted import Wanted

TIDY_EVERY = 2.0  # seconds between looks at the logs' sizes and at the lease
LOCK_WITHIN = 5.0
EXTERNAL_WITHIN = 15.0

logger = logging.getLogger(__name__)


class Supervisor:
    """One stack, from the first request to its end."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.wanted = Wanted.load(home)
        self.record = record.renew(home, well_known=self.wanted.lease is None)
        self.at = locate(self.record, self.wanted.external, self.wanted.extras)
        self.status = Status()
        self.servers: dict[str, Keeper] = {}
        self.services: dict[str, Keeper] = {}
        self._work: asyncio.Task[None] | None = None
        self._end = asyncio.Event()

    async def run(self) -> None:
        """Work until told to end."""
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGHUP, self.take_on)
        for ending in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(ending, self._end.set)
        self.take_on()
        tidying = asyncio.create_task(self._tidy())
        await self._end.wait()
        tidying.cancel()
        await self._stop()

    def take_on(self) -> None:
        """Take on what is wanted now. What runs already goes on running, what has failed is tried at once."""
        self.wanted = Wanted.load(self.home)
        self.status.token, self.status.done, self.status.failure = self.wanted.token, False, ""
        for program in plan.servers(self.home, self.record, self.wanted):
            self.servers.setdefault(program.name, Keeper(program, self.home, self.write)).start()
        for program in plan.services(self.record, self.at) if self.wanted.services else ():
            self.services.setdefault(program.name, Keeper(program, self.home, self.write))
        if self._work is not None:
            self._work.cancel()
        self._work = asyncio.create_task(self._meet())
        self.write()

    async def _meet(self) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                for keeper in self.servers.values():
                    group.create_task(keeper.settled())
                for name in set(self._externals()) - {"s3"}:  # the bucket asks that one
                    group.create_task(self._external(name))
                group.create_task(self._bucket())
                if self.wanted.services:
                    group.create_task(self._start_services())
            self.status.done = True
        except* StackError as errors:
            self.status.failure = "\n".join(str(error) for error in errors.exceptions)
        except* Exception as errors:
            logger.exception("The stack could not be brought up")
            self.status.failure = "\n".join(repr(error) for error in errors.exceptions)
        self.write()

    async def _bucket(self) -> None:
        await self._settled("s3")
        try:
            async with asyncio.timeout(EXTERNAL_WITHIN):
                await provision.bucket(self.at)
        except Exception as error:  # minio's errors share no base
            raise DidNotAnswer("S3_ENDPOINT", error) from error

    async def _external(self, name: str) -> None:
        from philo.stack import ask  # noqa: PLC0415 - brings the clients of all servers along

        try:
            async with asyncio.timeout(EXTERNAL_WITHIN):
                await ask.SERVERS[name](self.at)
        except Exception as error:  # the drivers of four servers share no error
            raise DidNotAnswer(EXTERNAL[name], error) from error

    async def _start_services(self) -> None:
        """Tables first. The other servers need not be there yet: a service waits for them by itself."""
        await self._settled("postgres")
        await provision.databases(self.at, self.record)
        await provision.migrations(self.home, self.at)
        for keeper in self.services.values():
            keeper.start()
        ends = await asyncio.gather(*(keeper.settled() for keeper in self.services.values()), return_exceptions=True)
        troubles = [end for end in ends if isinstance(end, BaseException)]
        if troubles:
            raise StackError("\n".join(str(trouble) for trouble in troubles))

    async def _settled(self, server: str) -> None:
        if server in self.servers:
            await self.servers[server].settled()

    async def _tidy(self) -> None:
        while not (self.wanted.lease and is_abandoned(Path(self.wanted.lease))):
            for log in (self.home.root / "logs").glob("*.log"):
                bound(log)
            await asyncio.sleep(TIDY_EVERY)
        self._end.set()

    async def _stop(self) -> None:
        """Services before servers, and the database last: everybody may still write down how far they came."""
        if self._work is not None:
            self._work.cancel()
        last = [keeper for name, keeper in self.servers.items() if name == "postgres"]
        others = [keeper for name, keeper in self.servers.items() if name != "postgres"]
        for keepers in (self.services.values(), others, last):
            await asyncio.gather(*(keeper.stop() for keeper in keepers))

    def _externals(self) -> list[str]:
        return [name for name, setting in EXTERNAL.items() if setting in self.wanted.external]

    def write(self) -> None:
        """Tell the world how everything is."""
        rows = [keeper.row for keeper in (*self.servers.values(), *self.services.values())]
        rows += [Row(name, State.EXTERNAL) for name in self._externals()]
        self.status.rows = {row.name: row for row in rows}
        self.status.write(self.home)


def claim(home: Home) -> TextIOWrapper | None:
    """Become the one supervisor of a home: the file must stay open. None when there is one already."""
    file = home.supervisor_lock.open("a+")
    deadline = time.monotonic() + LOCK_WITHIN
    while time.monotonic() < deadline:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:  # possibly somebody who only looks whether it is held
            time.sleep(0.01)
        else:
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            return file
    file.close()
    return None


def main() -> None:
    """Leave the terminal and supervise the home named on the command line."""
    if os.fork():
        os._exit(0)
    os.setsid()
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    home = Home(Path(sys.argv[1]))
    held = claim(home)
    if held is None:
        raise SystemExit(f"{home.root} has a supervisor already")
    with held:
        orphans.end(home)
        asyncio.run(Supervisor(home).run())


if __name__ == "__main__":
    main()
