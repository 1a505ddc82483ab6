"""Keeps what a release has left behind in databases: `python -m tests.contract.freeze_release 0.1.0`, once, when it is made.

The services of this checkout are started and used; then the tables of each, the rows, and every statement that was sent to
them are written to `tests/contract/releases/<version>/<service>/`. From then on all later migrations are tried against them.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from philo.stack import Endpoints
from philo.stack.home import Home
from philo.stack.postgres import binaries
from philo.stack.provision import driver_url
from philo.testing import shared_stack
from tests.contract.everyday import everyday
from tests.contract.released import FOLDER, Revisions, migration_sums
from tests.facts import left_to_do
from tests.paid.conftest import HIRED
from tests.paid.provider import running

ROOT = Path(__file__).parents[2]
MARK, SEP = "\x1e", "\x1f"
LOGGED = re.compile(rf"{MARK}(?P<database>[^{SEP}]*){SEP}LOG:  (?:execute [^:]+|statement): (?P<statement>[^{MARK}]*)")
RECORDING = ("log_statement = 'all'", f"log_line_prefix = E'{MARK}%d{SEP}'", "log_parameter_max_length = 0")
OURS = re.compile(r"^\s*(with|select|insert|update|delete)\b", re.IGNORECASE)
FOREIGN = re.compile(r"pg_catalog|information_schema|pg_type|pg_advisory|pg_notify|set_config|currval", re.IGNORECASE)
"""Statements of drivers, and those that touch no table."""
DUMP = (
    "--no-owner",
    "--no-privileges",
    "--no-comments",
    "--exclude-table=alembic_version",
    "--exclude-table=kernel_version",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("version")
    folder = FOLDER / parser.parse_args().version
    if folder.exists():
        sys.exit(f"{folder} is there: what was released does not change.")
    with (
        tempfile.TemporaryDirectory(prefix="philo-release-") as home,
        hired(),
        shared_stack(Path(home), services=True) as at,
    ):
        asyncio.run(used(at))
        log = Home(Path(home)).log("postgres").read_text(errors="replace")
        for service, url in at.databases.items():
            keep(folder / service, service, at, url, statements(log, service))


@contextmanager
def hired() -> Iterator[None]:
    """A reader and a painter who take money, so that there are calls and a ledger."""
    with running() as (provider, url):
        provider.broken = False
        provider.go.set()
        os.environ |= HIRED | dict.fromkeys(("OPENAI_BASE_URL", "LLM_BASE_URL", "LLM_FALLBACK_BASE_URL"), url)
        yield


async def used(at: Endpoints) -> None:
    connection = await asyncpg.connect(driver_url(at.database_admin_url))
    for setting in RECORDING:
        await connection.execute(f"alter system set {setting}")
    await connection.execute("select pg_reload_conf()")
    await connection.close()
    await everyday(at)
    async with asyncio.timeout(120):
        while set(await left_to_do(at)) & {f"{service}.outbox" for service in at.databases}:  # noqa: ASYNC110
            await asyncio.sleep(0.5)


def statements(log: str, service: str) -> list[str]:
    """What the service sent, each once."""
    sent = {
        re.sub(r"\n\t", "\n", found["statement"]).strip()
        for found in LOGGED.finditer(log)
        if found["database"] == service
    }
    return sorted(one for one in sent if OURS.match(one) and not FOREIGN.search(one))


def keep(folder: Path, service: str, at: Endpoints, url: str, sent: list[str]) -> None:
    folder.mkdir(parents=True)
    (folder / "schema.sql").write_text(dumped(url, "--schema-only"))
    (folder / "rows.sql").write_text(dumped(url, "--data-only", "--column-inserts"))
    (folder / "statements.sql").write_text("".join(f"{one};\n-- next\n" for one in sent))
    own, kernel = asyncio.run(revisions(url))
    Revisions(own=own, kernel=kernel, files=migration_sums(service)).write(folder)


def dumped(url: str, *options: str) -> str:
    """Without what only psql understands, and without the places of this machine, which stand in what went wrong."""
    command = [str(binaries() / "pg_dump"), *DUMP, *options, driver_url(url)]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    kept = [line for line in text.splitlines() if not line.startswith(("\\restrict", "\\unrestrict"))]
    return ("\n".join(kept) + "\n").replace(sys.prefix, "/philo/.venv").replace(str(ROOT), "/philo")


async def revisions(url: str) -> tuple[str, str]:
    connection = await asyncpg.connect(driver_url(url))
    try:
        own = await connection.fetchval("select version_num from alembic_version")
        return own, await connection.fetchval("select version_num from kernel_version")
    finally:
        await connection.close()


if __name__ == "__main__":
    main()
