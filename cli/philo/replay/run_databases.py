"""A PostgreSQL that is thrown away: the tables of every service, on this machine alone, for as long as a replay runs."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg

from philo.stack import postgres
from philo.stack.endpoints import database_url
from philo.stack.errors import StackError
from philo.stack.home import Home
from philo.stack.logs import tail
from philo.stack.ports import LOOPBACK, choose
from philo.stack.program import Program
from philo.stack.provision import driver_url
from philo_kernel.migrate import migrate
from philo_kernel.replay.composition import compositions

PATIENCE = 60.0
LOOK_EVERY = 0.02


def services() -> list[str]:
    """Those that react to anything; the others have nothing to run again."""
    return [name for name, one in compositions().items() if one.handlers]


@contextmanager
def throwaway_server() -> Iterator[str]:
    """The admin URL of a new server, which is gone with all its data at the end of the block. Raises `StackError`."""
    folder = Path(tempfile.mkdtemp(prefix="philo-replay-"))
    folder.chmod(0o711)  # PostgreSQL may have to be another user, who only walks through
    try:
        home, port, password = Home(folder), choose(None, set()), secrets.token_hex(16)
        home.create()
        program = postgres.program(home, port, password, throwaway=True)
        with running(program, home):
            yield f"postgresql://{postgres.ROLE}:{password}@{LOOPBACK}:{port}/postgres"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running(program: Program, home: Home) -> Iterator[None]:
    command, log = program.prepare(), home.log(program.name)
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own words
            command.argv, env=dict(command.env), cwd=home.root, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    try:
        asyncio.run(answering(program, process, log))
        yield
    finally:
        process.send_signal(program.stop_signal)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(program.grace)
        process.kill()
        process.wait()


async def answering(program: Program, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            return await program.ready()
        except (OSError, asyncpg.PostgresError):
            await asyncio.sleep(LOOK_EVERY)
    raise StackError(f"A PostgreSQL to run it in did not start. The end of its log:\n{chr(10).join(tail(log))}")


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
