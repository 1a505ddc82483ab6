"""A PostgreSQL that is thrown away: the tables of every service, on this machine alone, for as long as a replay runs."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg

from philo.replay import run_server
from philo.stack.endpoints import database_url
from philo.stack.errors import StackError
from philo.stack.home import Home
from philo.stack.logs import tail
from philo.stack.ports import LOOPBACK, choose
from philo.stack.postgres import ROLE
from philo.stack.provision import driver_url
from philo_kernel.migrate import migrate
from philo_kernel.replay.composition import compositions


def services() -> list[str]:
    """Those that react to anything; the others have nothing to run again."""
    return [name for name, one in compositions().items() if one.handlers]


@contextmanager
def throwaway_server() -> Iterator[str]:
    """The admin URL of a new server, which is gone with all its data at the end of the block, and when this process ends in
    whatever way: a process of its own keeps it (`run_server`). Raises `StackError`."""
    folder = Path(tempfile.mkdtemp(prefix="philo-replay-"))
    try:
        home, port, password = Home(folder), choose(None, set()), secrets.token_hex(16)
        home.create()
        with kept(home, port, password):
            yield f"postgresql://{ROLE}:{password}@{LOOPBACK}:{port}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def kept(home: Home, port: int, password: str) -> Iterator[None]:
    """In a session of its own: Ctrl-C is for this process, which then closes the pipe."""
    # As a file, not as a module: it needs nothing of all that this package brings along.
    command = [sys.executable, "-P", run_server.__file__, str(home.root), str(port)]
    log = home.log("server")
    with (
        log.open("wb") as output,
        subprocess.Popen(  # noqa: S603 - our own words
            command, bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=output, start_new_session=True
        ) as keeper,
    ):
        assert keeper.stdin
        assert keeper.stdout
        with contextlib.suppress(BrokenPipeError):  # it has ended, and its log says why
            keeper.stdin.write(f"{password}\n".encode())
        answer = keeper.stdout.readline().decode()
        if answer != "\n":
            raise StackError(f"A PostgreSQL to run it in did not start. {answer or chr(10).join(tail(log))}")
        yield


@asynccontextmanager
async def tables(admin_url: str) -> AsyncIterator[dict[str, str]]:
    """A database with its tables for each service that reacts, by its name; dropped afterwards."""
    connection = await asyncpg.connect(driver_url(admin_url))
    names = {service: f"replay_{secrets.token_hex(8)}" for service in services()}
    urls = {service: database_url(admin_url, name) for service, name in names.items()}
    try:
        for service, name in names.items():
            await connection.execute(f'CREATE DATABASE "{name}"')
            await migrate(service, urls[service])
        yield urls
    finally:
        for name in names.values():
            await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await connection.close()
