"""Migrations expand; what they take away is marked, and was used by nobody when the last release was made."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.contract.expansion import offences, unreleased
from tests.contract.released import Released, released, versions

LAST = list(released(versions()[-1]))
ASKS = [
    "select id, title from job where id = $1",
    "insert into note(id, body) values ($1, $2)",
    "with heard as (\n  insert into Inbox (handler, event)\n  values ($1, $2) ON CONFLICT do nothing) select 1",
]
SCHEMA = """
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (handler, event);
ALTER TABLE ONLY public.note
    ADD CONSTRAINT note_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX inbox_once ON public.inbox USING btree (event);
CREATE INDEX inbox_at ON public.inbox USING btree (at);
"""
EXPANDING = (
    'SQL = "alter table job add column heading text; create table scene(id text); create index i on job(heading)"',
    'SQL = "alter table job alter column title drop not null, alter column title set default 1"',
    "SQL = \"alter table job alter title drop identity if exists; alter type mood add value if not exists 'calm'\"",
    "SQL = \"alter table job add column x int; delete from note where body = 'drop'\"",
)
TAKING = (
    'SQL = "alter table job drop column title"',
    'SQL = """alter table job\n  rename column title to heading"""',
    'SQL = "alter table job rename to work"',
    'SQL = "drop table note"',
    'SQL = "alter table job alter column title type varchar(10)"',
    'SQL = "alter table job add column x int, alter column title set not null"',
    'SQL = "alter table job drop title"',
    'SQL = "alter table job add column x int, drop if exists title"',
    'SQL = "alter table job alter title type text, add column x int"',
    'SQL = "alter table job alter title set not null"',
    'SQL = "alter table inbox drop constraint inbox_pkey"',
    'SQL = "drop index concurrently if exists inbox_once"',
    'SQL = "drop type mood"',
    'SQL = "alter type place drop attribute town"',
    'SQL = "alter domain short set not null"',
    'SQL = "drop trigger told on job; drop function tell()"',
    'def upgrade():\n    op.drop_index("inbox_once")',
    'def upgrade():\n    op.drop_constraint("inbox_pkey", "inbox")',
    'def upgrade():\n    op.drop_column("job", "title")',
    'def upgrade():\n    op.alter_column("job", "title", nullable=False)',
)
UNREADABLE = (
    'SQL = f"drop table {name}"',
    'SQL = "drop index %s" % name',
    'SQL = "drop table " + name',
    'SQL = f"alter table {table} drop column mood"',
    "def upgrade():\n    op.drop_column(table, 'mood')",
)


@pytest.mark.parametrize("source", EXPANDING)
def test_a_migration_that_adds_is_in_order(source: str) -> None:
    assert offences(source, ASKS, SCHEMA) == []


@pytest.mark.parametrize("source", TAKING)
def test_a_migration_that_takes_away_has_to_say_so(source: str) -> None:
    assert offences(source, ASKS)


@pytest.mark.parametrize("source", TAKING)
def test_to_name_something_else_is_not_to_say_so(source: str) -> None:
    assert offences(f'contract = ("job.mood", "elsewhere")\n{source}', ASKS, SCHEMA)


def test_all_that_one_statement_takes_has_to_be_named() -> None:
    (told,) = offences('contract = ("job.mood",)\nSQL = "alter table job drop column title, drop column mood"', ASKS)
    assert told.endswith("`contract` does not name job.title")
    (told,) = offences('contract = ("scene",)\nSQL = "drop table if exists scene, public.take cascade"', ASKS)
    assert told.endswith("`contract` does not name take")


@pytest.mark.parametrize("contract", ["inbox_once", "note.inbox_once"])
def test_an_index_is_named_with_its_own_table(contract: str) -> None:
    (told,) = offences(f'contract = ("{contract}",)\nSQL = "drop index inbox_once"', ASKS, SCHEMA)
    assert told.endswith("`contract` does not name inbox.inbox_once")


def test_an_index_that_was_made_since_is_named_with_a_table() -> None:
    assert offences('contract = ("later",)\nSQL = "drop index later"', ASKS, SCHEMA)
    assert offences('contract = ("note.later",)\nSQL = "drop index later"', ASKS, SCHEMA) == []


@pytest.mark.parametrize("source", UNREADABLE)
def test_what_is_taken_away_stands_there_in_full(source: str) -> None:
    told = offences(f'contract = ("note.mood", "job.mood")\n{source}', ASKS, SCHEMA)
    assert [one for one in told if "only a run can tell" in one]


def test_what_the_last_release_uses_is_not_taken_away() -> None:
    source = 'contract = ("job.title",)\nSQL = "alter table job drop column title"'
    assert offences(source, ASKS)
    assert offences('contract = ("note",)\nSQL = "drop table note"', ASKS)


@pytest.mark.parametrize("rule", ["inbox_pkey", "inbox_once"])
def test_what_keeps_rows_apart_stays_while_the_last_release_says_on_conflict(rule: str) -> None:
    source = f'contract = ("inbox.{rule}",)\nSQL = "alter table inbox drop constraint {rule}"'
    (told,) = offences(source, ASKS, SCHEMA)
    assert "on which the last release leans" in told


@pytest.mark.parametrize("name", ["inbox.inbox_at", "note.note_pkey"])
def test_an_index_on_which_no_statement_leans_may_go(name: str) -> None:
    index = name.partition(".")[2]
    assert offences(f'contract = ("{name}",)\nSQL = "drop index {index}"', ASKS, SCHEMA) == []


@pytest.mark.parametrize(
    "sql",
    [
        "alter table note alter column at drop default",
        "alter table public.note alter column at drop default",
        'alter table "note" alter column "at" drop default',
        "alter table only note alter column body set default 1, alter at drop default",
    ],
)
def test_a_default_stays_while_the_last_release_leaves_the_column_out(sql: str) -> None:
    (told,) = offences(f"SQL = '''{sql}'''", ASKS)
    assert told.startswith("note.at has no default any more")


@pytest.mark.parametrize("column", ["note alter column body", "job alter column mood"])
def test_a_default_of_a_column_that_is_always_written_may_go(column: str) -> None:
    assert offences(f'SQL = "alter table {column} drop default"', ASKS) == []


@pytest.mark.parametrize("rest", ["values ($1, $2, $3)", "select * from old", "as n values ($1)", "(select 1, 2)"])
def test_who_lists_no_columns_leaves_none_out(rest: str) -> None:
    assert offences('SQL = "alter table note alter at drop default"', [f"insert into note {rest}"]) == []


def test_who_asks_for_defaults_leaves_all_columns_out() -> None:
    assert offences('SQL = "alter table note alter at drop default"', ["insert into note default values"])


def test_what_nobody_uses_any_more_may_go() -> None:
    assert offences('contract = ("job.mood",)\nSQL = "alter table job drop column mood"', ASKS) == []


def test_what_a_docstring_tells_is_not_done() -> None:
    assert offences('"""Later we drop column title."""\nSQL = "create table scene(id text)"', ASKS) == []


@pytest.mark.parametrize("release", LAST, ids=str)
def test_migrations_since_the_last_release_take_nothing_away_that_it_uses(release: Released) -> None:
    found = {
        path.name: told
        for path in unreleased(release.service, list(release.revisions.files))
        if (told := offences(path.read_text(), release.statements, release.schema))
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
