"""What makes the tables, as the files start it: with its database's address in the environment, not in its arguments."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import PIPE

import asyncpg
import pytest

from tests.deploy.compose import composed

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("deployed-migrations")]
WAY_IN = ("PATH", "HOME", "LANG")


async def test_they_make_the_tables_of_the_service_that_they_are_told(database: str) -> None:
    one = composed()["services"]["tts-migrations"]
    assert one["entrypoint"][0] == "python"
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *[*one["entrypoint"][1:], *one["command"]],
        env={name: os.environ[name] for name in WAY_IN if name in os.environ} | {"DATABASE_URL": database},
        stdout=PIPE,
        stderr=PIPE,
    )
    said, complaints = await process.communicate()
    assert (process.returncode, complaints) == (0, b"")
    connection = await asyncpg.connect(database)
    try:
        assert said.decode() == f"tts: {await connection.fetchval('select version_num from alembic_version')}\n"
    finally:
        await connection.close()
