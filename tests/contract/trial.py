"""One service's database of a release, tried: restored and upgraded, and beside it a new one that its code writes to."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg

from philo.stack import Endpoints
from philo.stack.provision import driver_url
from philo.testing import elsewhere, fresh_database
from philo.testing_service import migrated_database
from philo_kernel.migrate import migrate
from tests.contract.released import Released

BOOKKEEPING = ("alembic_version", "kernel_version")
COLUMNS = """
    select table_name::text, column_name::text, data_type::text, udt_name::text, is_nullable = 'YES' as nullable,
      (column_default is not null or is_identity = 'YES' or is_generated <> 'NEVER') as filled,
      is_generated <> 'NEVER' as computed
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> all($1) order by 1, 2"""
LAYOUT = {
    "indexes": "select indexdef from pg_indexes where schemaname = 'public' and tablename <> all($1) order by 1",
    "constraints": """
        select conrelid::regclass::text || ' ' || pg_get_constraintdef(oid) from pg_constraint
        where connamespace = 'public'::regnamespace and contype <> 'n' and conrelid::regclass::text <> all($1) order by 1""",
    "functions": """
        select pg_get_functiondef(oid) from pg_proc
        where pronamespace = 'public'::regnamespace and prokind = 'f' and proname <> all($1) order by 1""",
    "triggers": "select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal and tgname <> all($1) order by 1",
}
Rows = dict[str, list[dict[str, Any]]]
Columns = dict[str, dict[str, dict[str, Any]]]
Ask = Callable[[asyncpg.Connection], Awaitable[Any]]


@dataclass(frozen=True)
class Look:
    """What is in a database, and how it is made; but for the notes of the migrations themselves."""

    rows: Rows
    columns: Columns
    layout: dict[str, list[str]]


@dataclass(frozen=True)
class Trial:
    """`old` is as the release left it, `upgraded` what today's migrations make of it, `new` is a database of today with
    what the release writes; `refused` are its statements that today's tables do not understand, with the reason."""

    old: Look
    upgraded: Look
    new: Look
    refused: dict[str, str]


def tried(servers: Endpoints, release: Released) -> Trial:
    with fresh_database(servers) as url:
        asked(url, lambda connection: restore(connection, release))
        old = asked(url, looked)
        elsewhere(lambda: migrate(release.service, url))
        upgraded = asked(url, looked)
    with migrated_database(servers, release.service) as url:
        refused = asked(url, lambda connection: misunderstood(connection, release.statements))
        asked(url, lambda connection: write(connection, old))
        return Trial(old, upgraded, asked(url, looked), refused)


def asked(url: str, ask: Ask) -> Any:
    """What `ask` answers, on a connection that no trigger and no foreign key is in the way of."""

    async def run() -> Any:
        connection = await asyncpg.connect(driver_url(url))
        try:
            await connection.execute("set search_path to public; set session_replication_role = replica")
            return await ask(connection)
        finally:
            await connection.close()

    return elsewhere(run)


async def restore(connection: asyncpg.Connection, release: Released) -> None:
    """A dump empties the search path; it names everything in full."""
    how_far = release.revisions
    await connection.execute(release.schema)
    await connection.execute(release.rows)
    await connection.execute("set search_path to public")
    for table, revision in zip(BOOKKEEPING, (how_far.own, how_far.kernel), strict=True):
        await connection.execute(f"create table {table}(version_num varchar(32) primary key)")
        await connection.execute(f"insert into {table} values ($1)", revision)


async def looked(connection: asyncpg.Connection) -> Look:
    columns: Columns = {}
    for row in await connection.fetch(COLUMNS, BOOKKEEPING):
        columns.setdefault(row["table_name"], {})[row["column_name"]] = dict(row)
    rows = {
        table: [json.loads(row[0]) for row in await connection.fetch(f'select row_to_json(t) from "{table}" t')]
        for table in columns
    }
    layout = {
        name: [" ".join(row[0].split()) for row in await connection.fetch(query, BOOKKEEPING)]
        for name, query in LAYOUT.items()
    }
    return Look(rows, columns, layout)


async def misunderstood(connection: asyncpg.Connection, statements: Sequence[str]) -> dict[str, str]:
    """They are planned as well: only then PostgreSQL looks for the unique index that `on conflict` names."""
    found = {}
    for statement in statements:
        try:
            await connection.prepare(statement)
            await connection.execute(f"explain (generic_plan) {statement}")
        except asyncpg.PostgresError as error:
            found[statement] = str(error)
    return found


async def write(connection: asyncpg.Connection, old: Look) -> None:
    """The rows as the release's code writes them: without the columns that it does not know, or that are gone."""
    today = (await looked(connection)).columns
    await connection.execute(f"truncate {', '.join(today)}")  # a new database may have rows of its own
    for table in old.rows.keys() & today.keys():
        known = [name for name, column in today[table].items() if name in old.columns[table] and not column["computed"]]
        listed = ", ".join(f'"{name}"' for name in known)
        await connection.executemany(
            f'insert into "{table}"({listed}) overriding system value '
            f'select {listed} from json_populate_record(null::"{table}", $1::text::json)',
            [(json.dumps(row),) for row in old.rows[table]],
        )
