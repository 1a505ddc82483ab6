"""After many jobs with random faults every service keeps exactly what the facts say; and who changes a row is found out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from ast import literal_eval
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from philo.replay.verify_databases import keeping
from philo_contracts.topics import SERVICES
from tests.facts import rows
from tests.verify.conftest import JOBS
from tests.verify.ordeal import Ordeal

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("verify")]

WATCHED = """
import runpy, sys
reached = set()
def hear(event, told):
    if event == "socket.connect":
        reached.add(told[1][:2])
sys.addaudithook(hear)
try:
    runpy.run_module("philo.main", run_name="__main__", alter_sys=True)
finally:
    sys.stderr.write("\\nreached " + repr(sorted(reached)))
"""


def verified(home: Path, *about: str) -> tuple[int, dict[str, Any], str]:
    """The exit code, what was told, and whom it has spoken to."""
    command = [sys.executable, "-c", WATCHED, "replay", "verify", *about, "--patience", "0", "--json"]
    done = subprocess.run(
        command, env=os.environ | {"PHILO_HOME": str(home)}, capture_output=True, text=True, check=False
    )
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout), done.stderr.rpartition("reached ")[2]


@pytest.fixture(scope="module")
def after(home: Path, ordeal: Ordeal) -> tuple[int, dict[str, Any], str]:
    return verified(home, "--all")


def test_nothing_differs_in_any_service(after: tuple[int, dict[str, Any], str], ordeal: Ordeal) -> None:
    code, found, _ = after
    print(ordeal.ends, ordeal.done, f"{ordeal.kills} killed")
    print(json.dumps(found["counts"], indent=1))
    assert found["differences"] == []
    assert (code, found["total"]) == (0, 0)


def test_every_service_and_every_job_was_looked_at(after: tuple[int, dict[str, Any], str], ordeal: Ordeal) -> None:
    counts = after[1]["counts"]
    assert set(counts) == set(SERVICES)
    left = sum(ordeal.ends.values())
    assert counts["gateway"]["job"]["rows"] == counts["notify"]["job_view"]["rows"] == left
    assert counts["gateway"]["job"]["stories"] >= JOBS
    assert counts["gateway"]["provider_call"]["rows"] > 0
    assert counts["render"]["film"]["rows"] > 0
    assert counts["notify"]["feed"]["rows"] > counts["notify"]["job_view"]["rows"]


def test_faults_have_left_their_traces(ordeal: Ordeal) -> None:
    assert ordeal.kills >= 2
    assert len(ordeal.ends) > 1


def test_nobody_was_spoken_to_but_the_database(after: tuple[int, dict[str, Any], str], ordeal: Ordeal) -> None:
    database = urlsplit(ordeal.at.database_admin_url)
    assert literal_eval(after[2]) == [(database.hostname, database.port)]


UNFOLDED = {
    "logs, and what is on its way": "event outbox inbox dead_letter laid_aside ledger_transaction ledger_entry",
    "keys, versions, queues": "data_key alembic_version kernel_version",
    "sums that balances look at": "ledger_month reader",
    "wishes and secrets that never were facts": "budget project session webhook refresh_family refresh_token",
    "effects and their traces": "delivery delivery_attempt feed_floor",
    "what is forgotten soon": "idempotency_key signed_request ticket phone_code throttle hello",
}
"""Tables that do not follow from facts, and why."""
NONE_HERE = {
    "auth": {"job_life", "ended_session"},
    "analysis": {"ended_session"},
    "tts": {"ended_session"},
    "render": {"ended_session"},
}
"""The kernel makes them in every database; these services do not hear what they would hold."""


@pytest.mark.parametrize("service", SERVICES)
async def test_every_table_follows_from_facts_or_is_known_not_to(ordeal: Ordeal, service: str) -> None:
    found = await rows(ordeal.at, service, "select tablename from pg_tables where schemaname = 'public'")
    tables = {row["tablename"] for row in found if not row["tablename"].startswith("pgqueuer")}
    folded = {projection.table for projection in keeping(service).projections}
    assert tables - folded - set(" ".join(UNFOLDED.values()).split()) - NONE_HERE.get(service, set()) == set()


CHANGES = {
    ("gateway", "job", "/state/title"): "update job set state = jsonb_set(state, '{title}', '\"Other\"') where id = $1",
    ("gateway", "job", "/project_id"): "update job set project_id = 'elsewhere' where id = $1",
    ("gateway", "film_seconds", "/seconds"): "update film_seconds set seconds = seconds + 1 where job = $1",
    (
        "notify",
        "job_view",
        "/state/progress",
    ): "update job_view set state = jsonb_set(state, '{progress}', '7') where id = $1",
    ("notify", "feed", ""): "delete from feed where job = $1 and id = (select max(id) from feed where job = $1)",
    ("notify", "queue_job", "/length"): "update queue_job set length = length + 1 where job = $1",
    ("render", "film", ""): "delete from film where job = $1",
    ("tts", "job_life", "/over"): "update job_life set over = 77 where job = $1",
}
COMPLETED = "select id from job where status = 'completed' and kind = 'video' order by id limit $1"


async def test_every_change_by_hand_is_found_and_nothing_else(
    home: Path, ordeal: Ordeal, after: tuple[int, dict[str, Any], str]
) -> None:
    jobs = [row["id"] for row in await rows(ordeal.at, "gateway", COMPLETED, len(CHANGES))]
    for (service, _, _), change, job in zip(CHANGES, CHANGES.values(), jobs, strict=True):
        await rows(ordeal.at, service, change, job)
    code, found, _ = verified(home, "--all")
    seen = {(one["service"], one["table"], one["path"], one["story"]) for one in found["differences"]}
    assert seen == {(*place, job) for place, job in zip(CHANGES, jobs, strict=True)}
    assert code == 1
