"""Databases of every release can be upgraded with all that is in them, and code of the last release works on beside ours."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from philo.stack import Endpoints
from philo_kernel import migrate
from tests.contract.expansion import contracted
from tests.contract.released import Released, migration_sums, released, versions
from tests.contract.trial import Trial, tried

pytestmark = pytest.mark.stack

LAST = versions()[-1]
CHANGED_ON_PURPOSE: set[str] = set()
"""`service.table.column` whose values a later migration means to change."""
EMPTY = {
    "gateway-0.1.0": {"pgqueuer_statistics"},
    "auth-0.1.0": {
        *("dead_letter", "ended_session", "idempotency_key", "job_life"),
        *("pgqueuer", "pgqueuer_log", "pgqueuer_statistics"),
    },
    "analysis-0.1.0": {"ended_session"},
    "tts-0.1.0": {"ended_session", "pgqueuer"},
    "render-0.1.0": {"ended_session", "pgqueuer"},
    "notify-0.1.0": {"feed_floor", "idempotency_key"},
}
"""Tables that nothing was in when the release was kept, beside those of which that is true everywhere."""
TOO_EARLY = """
from alembic import op
revision, down_revision = "tts_9999", "{head}"
def upgrade():
    op.execute("alter table dead_letter drop column attempts")
    op.execute("drop index pgqueuer_statistics_unique_count")
    op.execute("alter table inbox add column why text not null default 'none'")
"""
EMPTY_EVERYWHERE = {"laid_aside", "outbox", "pgqueuer_schedules"}


def grouped(releases: Iterable[Released]) -> list[Any]:
    """Each by its name, and all tests of one by the same worker."""
    return [pytest.param(one, id=str(one), marks=pytest.mark.xdist_group(f"release-{one}")) for one in releases]


@pytest.fixture(scope="session", params=grouped(released()))
def release(request: pytest.FixtureRequest) -> Released:
    found: Released = request.param
    return found


@pytest.fixture(scope="session")
def trial(servers: Endpoints, release: Released) -> Trial:
    return tried(servers, release)


@pytest.fixture
def last(release: Released) -> Released:
    if release.version != LAST:
        pytest.skip("only code of the last release runs beside ours")
    return release


def kept(release: Released, rows: list[dict[str, Any]], table: str, names: Iterable[str]) -> list[str]:
    """The rows by what a later migration has to leave as it was, in any order."""
    gone = contracted(release.service) | CHANGED_ON_PURPOSE
    compared = [name for name in sorted(names) if not {f"{table}.{name}", f"{release.service}.{table}.{name}"} & gone]
    return sorted(json.dumps({name: row.get(name) for name in compared}) for row in rows)


def test_an_upgrade_keeps_every_row(release: Released, trial: Trial) -> None:
    for table in trial.old.rows.keys() - contracted(release.service):
        names = trial.old.columns[table]
        after = trial.upgraded.rows.get(table, [])
        assert kept(release, after, table, names) == kept(release, trial.old.rows[table], table, names), table


def test_an_upgraded_database_has_the_tables_of_a_new_one(trial: Trial) -> None:
    assert trial.upgraded.columns == trial.new.columns
    assert trial.upgraded.layout == trial.new.layout


def test_migrations_of_a_release_are_never_changed(release: Released) -> None:
    today = migration_sums(release.service)
    assert {name: today.get(name) for name in release.revisions.files} == release.revisions.files


def test_code_of_the_last_release_finds_all_that_it_asks_for(last: Released, trial: Trial) -> None:
    """Every statement that it was heard to send is understood by today's tables."""
    assert len(last.statements) > 10
    assert trial.refused == {}


def test_what_the_last_release_writes_is_taken_by_todays_tables(last: Released, trial: Trial) -> None:
    for table in trial.old.rows.keys() - contracted(last.service):
        rows = trial.old.rows[table]
        names = trial.old.columns[table]
        assert kept(last, trial.new.rows.get(table, []), table, names) == kept(last, rows, table, names), table


def test_a_new_column_has_a_value_where_older_code_gives_none(last: Released, trial: Trial) -> None:
    known, today = trial.old.columns, trial.upgraded.columns
    bare = {
        f"{table}.{name}"
        for table in known.keys() & today.keys()
        for name, column in today[table].items()
        if name not in known[table] and not (column["nullable"] or column["filled"])
    }
    assert bare == set(), last


def test_every_table_of_a_release_has_rows_to_try_migrations_on(release: Released, trial: Trial) -> None:
    empty = {table for table, rows in trial.old.rows.items() if not rows}
    assert empty - EMPTY_EVERYWHERE == EMPTY.get(str(release), set())


def test_a_migration_that_breaks_the_last_release_would_be_seen(
    servers: Endpoints, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = Released(LAST, "tts")
    versions_of_tts = shutil.copytree(migrate.migrations_of("tts"), tmp_path / "versions")
    head = release.revisions.own
    (versions_of_tts / "9999_too_early.py").write_text(TOO_EARLY.format(head=head))
    monkeypatch.setattr(migrate, "migrations_of", lambda _: versions_of_tts)
    trial = tried(servers, release)
    assert any("attempts" in statement for statement in trial.refused)
    assert any("ON CONFLICT (priority" in statement for statement in trial.refused)
    assert "attempts" not in trial.new.columns["dead_letter"]
    assert not trial.upgraded.columns["inbox"]["why"]["nullable"]
