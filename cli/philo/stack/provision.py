"""What the services find in the servers: a role and a database each, their tables, one bucket."""

import asyncio
import io
import re
import sys
from asyncio.subprocess import PIPE, STDOUT

import asyncpg

from philo.stack.endpoints import Endpoints
from philo.stack.errors import MigrationFailed
from philo.stack.home import Home
from philo.stack.logs import tail
from philo.stack.record import Record
from philo.stack.services import SERVICES

MARK = ".philo"
"""An empty object."""


async def databases(at: Endpoints, record: Record) -> None:
    """Make what is missing, and set every password to the remembered one."""
    connection = await asyncpg.connect(driver_url(at.database_admin_url))
    try:
        for service in SERVICES:
            await _database(connection, service.name, record.secrets[service.name])
    finally:
        await connection.close()


async def _database(connection: "asyncpg.Connection[asyncpg.Record]", name: str, password: str) -> None:
    # Names are our own words and passwords are hexadecimal: neither can leave its quotes.
    known = await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", name)
    await connection.execute(f"{'ALTER' if known else 'CREATE'} ROLE \"{name}\" LOGIN PASSWORD '{password}'")
    if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", name):
        await connection.execute(f'CREATE DATABASE "{name}" OWNER "{name}"')


async def bucket(at: Endpoints) -> None:
    """Make the bucket unless it is there, with something in it: the local server, when killed, forgets empty ones."""

    def make() -> None:
        # Imported here, in a thread, while other servers still start.
        from minio import Minio  # noqa: PLC0415

        client = Minio(at.s3_endpoint, at.s3_access_key, at.s3_secret_key, secure=at.s3_secure)
        if not client.bucket_exists(at.s3_bucket):
            client.make_bucket(at.s3_bucket)
            client.put_object(at.s3_bucket, MARK, io.BytesIO(b""), 0)

    await asyncio.to_thread(make)


async def migrations(home: Home, at: Endpoints) -> None:
    """Bring the tables of all services up to date, in one process.

    Raises:
        MigrationFailed: a migration failed; the end of its log says why.
    """
    targets = "\n".join(f"{name}={url}" for name, url in at.databases.items())
    log = home.log("migrations")
    with log.open("ab") as output:
        began = output.tell()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "philo_kernel.migrate", "-", stdin=PIPE, stdout=output, stderr=STDOUT
        )
        await process.communicate(targets.encode())  # not as arguments, which everybody on the machine can read
    if process.returncode:
        raise MigrationFailed(process.returncode, tail(log, since=began))


def driver_url(url: str) -> str:
    """A database URL without SQLAlchemy's choice of a driver."""
    return re.sub(r"^postgres(ql)?(\+\w+)?://", "postgresql://", url)
