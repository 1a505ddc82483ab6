"""Migrations expand; what they take away is marked, and was used by nobody when the last release was made."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.contract.expansion import offences, unreleased
from tests.contract.released import Released, released, versions

LAST = list(released(versions()[-1]))
ASKS = ["select id, title from job where id = $1", "insert into note(id, body) values ($1, $2)"]
EXPANDING = (
    'SQL = "alter table job add column heading text; create table scene(id text); create index i on job(heading)"'
)
TAKING = (
    'SQL = "alter table job drop column title"',
    'SQL = """alter table job\n  rename column title to heading"""',
    'SQL = "alter table job rename to work"',
    'SQL = "drop table note"',
    'SQL = "alter table job alter column title type varchar(10)"',
    'SQL = "alter table job add column x int, alter column title set not null"',
    'def upgrade():\n    op.drop_column("job", "title")',
    'def upgrade():\n    op.alter_column("job", "title", nullable=False)',
)


def test_a_migration_that_adds_is_in_order() -> None:
    assert offences(EXPANDING, ASKS) == []


@pytest.mark.parametrize("source", TAKING)
def test_a_migration_that_takes_away_has_to_say_so(source: str) -> None:
    assert offences(source, ASKS)


def test_what_the_last_release_uses_is_not_taken_away() -> None:
    source = 'contract = ("job.title",)\nSQL = "alter table job drop column title"'
    assert offences(source, ASKS)
    assert offences('contract = ("note",)\nSQL = "drop table note"', ASKS)


def test_what_nobody_uses_any_more_may_go() -> None:
    assert offences('contract = ("job.mood",)\nSQL = "alter table job drop column mood"', ASKS) == []


def test_what_a_docstring_tells_is_not_done() -> None:
    assert offences('"""Later we drop column title."""\nSQL = "create table scene(id text)"', ASKS) == []


@pytest.mark.parametrize("release", LAST, ids=str)
def test_migrations_since_the_last_release_take_nothing_away_that_it_uses(release: Released) -> None:
    found = {
        path.name: told
        for path in unreleased(release.service, list(release.revisions.files))
        if (told := offences(path.read_text(), release.statements))
    }
    assert found == {}


def test_a_migration_that_is_new_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "9999_later.py").write_text(TAKING[0])
    monkeypatch.setattr("tests.contract.expansion.migrations_of", lambda _: tmp_path)
    release = LAST[0]
    assert "9999_later.py" in [path.name for path in unreleased(release.service, list(release.revisions.files))]


def test_what_docs_changes_names_is_there() -> None:
    root = Path(__file__).parents[2]
    page = (root / "docs" / "changes.md").read_text()
    files = set(re.findall(r"`(test_\w+\.py)`", page))
    modules = set(re.findall(r"python -m ([\w.]+)", page))
    assert (len(files), len(modules)) == (3, 2)
    assert {name for name in files if not (Path(__file__).parent / name).exists()} == set()
    assert {name for name in modules if find_spec(name) is None} == set()
