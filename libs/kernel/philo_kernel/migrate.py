"""Brings databases to their newest tables: `python -m philo_kernel.migrate gateway=postgresql://… auth=…`.

Of a service that is named alone DATABASE_URL says where its database is, and `-` reads arguments from its input: what
stands in arguments themselves everybody on the machine can read.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

LOCK = 7002


def migrations_of(service: str) -> Path:
    """Where a service keeps its version files: `philo_<service>/migrations/versions`."""
    return Path(str(files(f"philo_{service}"))) / "migrations" / "versions"


def upgrade(connection: Connection, service: str) -> None:
    """First the service's own tables, which begin with the kernel's of that day; then what the kernel has changed since."""
    own = Path(__file__).parent / "migrations"
    for versions, table in ((migrations_of(service), "alembic_version"), (own / "versions", "kernel_version")):
        config = Config()
        config.set_main_option("script_location", str(own))
        config.set_main_option("version_locations", str(versions))
        config.set_main_option("path_separator", "newline")
        config.attributes |= {"connection": connection, "version_table": table}
        command.upgrade(config, "head")


async def migrate(service: str, url: str) -> str | None:
    """Upgrade one database, one migrator at a time. The revision it has now."""
    engine = create_async_engine(make_url(url).set(drivername="postgresql+asyncpg"), poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.execute(text(f"select pg_advisory_xact_lock({LOCK})"))
            await connection.run_sync(upgrade, service)
            return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())
    finally:
        await engine.dispose()


async def migrate_all(targets: dict[str, str]) -> int:
    for service, url in targets.items():
        try:
            revision = await migrate(service, url)
        except Exception as error:  # noqa: BLE001 - told to whoever runs it, with the service's name
            sys.stderr.write(f"{service}: the database could not be migrated: {type(error).__name__}: {error}\n")
            return 1
        sys.stdout.write(f"{service}: {revision}\n")
    return 0


def targets_of(arguments: Sequence[str]) -> dict[str, str]:
    """URLs by service, empty where nobody says one."""
    named = (argument.partition("=") for argument in arguments)
    return {service: url if given else os.environ.get("DATABASE_URL", "") for service, given, url in named}


def main() -> None:
    targets = targets_of(sys.stdin.read().split() if sys.argv[1:] == ["-"] else sys.argv[1:])
    if not targets or not all(targets.values()):
        sys.stderr.write("usage: python -m philo_kernel.migrate SERVICE=URL …, or SERVICE with DATABASE_URL set\n")
        raise SystemExit(2)
    raise SystemExit(asyncio.run(migrate_all(targets)))


if __name__ == "__main__":
    main()
