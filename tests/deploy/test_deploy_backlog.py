"""The queries that scale workers, asked of a database with a service's real tables by a role that may read no other."""

from __future__ import annotations

from datetime import timedelta

import asyncpg
import pytest
from pgqueuer.db import AsyncpgDriver
from pgqueuer.queries import Queries

from philo_kernel.migrate import migrate
from tests.deploy.cluster import of_kind
from tests.deploy.kustomization import rendered

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("backlog")]


def queries() -> dict[str, set[str]]:
    """By the trigger's name: every workload asks in the same words."""
    found: dict[str, set[str]] = {}
    for one in of_kind(rendered("overlays/prod"), "ScaledObject"):
        for trigger in one["spec"]["triggers"]:
            if trigger["type"] == "postgresql":
                found.setdefault(trigger["name"], set()).add(trigger["metadata"]["query"])
    return found


async def asked(connection: asyncpg.Connection, what: str) -> float:
    (query,) = queries()[what]
    value = await connection.fetchval(query)
    assert isinstance(value, float)
    return value


async def test_they_tell_what_waits_and_for_how_long_and_leave_out_what_is_not_due(database: str) -> None:
    await migrate("render", database)
    connection = await asyncpg.connect(database)
    try:
        await connection.execute(
            "create role looker; grant select on pgqueuer to looker; grant usage on schema public to looker; set role looker"
        )
        assert (await asked(connection, "tasks"), await asked(connection, "age")) == (0.0, 0.0)
        await connection.execute("reset role")
        await Queries(AsyncpgDriver(connection)).enqueue(
            ["Draw", "Draw", "Draw"], [None] * 3, [0] * 3, execute_after=[None, None, timedelta(hours=1)]
        )
        await connection.execute(
            "update pgqueuer set created = now() - interval '90 s', execute_after = now() - interval '90 s' where id = 1"
        )
        await connection.execute("set role looker")
        assert await asked(connection, "tasks") == 2.0
        assert 90 <= await asked(connection, "age") < 120
        await connection.execute("reset role; update pgqueuer set status = 'picked' where id = 1; set role looker")
        assert await asked(connection, "tasks") == 2.0
        assert await asked(connection, "age") < 60
    finally:
        await connection.execute("reset role; drop owned by looker; drop role looker")
        await connection.close()
