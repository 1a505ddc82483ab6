"""Expand, then contract: what a migration may take away, and when (docs/changes.md).

Replicas of two versions share a database while a new one is rolled out. So a migration only adds. What code has stopped
using goes with a later release, in a migration that says so: `contract = ("table", "table.column", "table.index")`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from philo_kernel.migrate import migrations_of
from tests.contract.released import KERNEL

TAKES_AWAY = {
    "drops a table": r"\bdrop table\b",
    "drops a column": r"\balter table [^;]*\bdrop (?!constraint\b|default\b|not null\b|identity\b|expression\b)",
    "renames": r"\brename\b",
    "gives a column another type": r"\balter (column )?\S+ (set data )?type\b",
    "refuses what was allowed to be missing": r"\balter (column )?\S+ set not null\b",
    "drops a constraint": r"\bdrop constraint\b",
    "drops an index": r"\bdrop index\b",
    "drops a type, or takes something from it": r"\bdrop (type|domain)\b|\balter (type|domain) \S+ (drop|alter|set)\b",
    "drops what runs in the database": r"\bdrop (function|procedure|trigger|rule|(materialized )?view|sequence)\b",
}
"""In SQL, in lower case, with single spaces. `alter table add …, alter column …` is found as well."""
OPERATIONS = {"drop_table", "drop_column", "rename_table", "alter_column", "drop_constraint", "drop_index"}
"""Alembic's own, which do the same."""
DROPPED_DEFAULT = re.compile(r"\balter table (?:if exists )?(?:only )?(\w+)([^;]*\bdrop default\b[^;]*)")
WHOSE = re.compile(r"\balter (?:column )?(\w+) drop default\b")
INSERT = re.compile(r"\binsert into (\w+)(?: as \w+)? ?(?:\(([^)]*)\))?")
UNIQUE = re.compile(
    r"CREATE UNIQUE INDEX (\w+) ON public\.(\w+)"
    r"|ALTER TABLE ONLY public\.(\w+)\s+ADD CONSTRAINT (\w+) (?:UNIQUE|PRIMARY KEY)"
)


def offences(source: str, statements: Sequence[str], schema: str = "") -> list[str]:
    """What a migration does too early; `statements` are those of the last release, `schema` is its dump."""
    marked, found = contract_of(source), takings(source)
    if found and not marked:
        return [f"{one}, and does not say in `contract` what it takes away" for one in found]
    return [
        *(
            f"takes {name} away, which the last release uses: {one}"
            for name in marked
            for one in uses(name, statements)
        ),
        *(
            f"takes {name} away, on which the last release leans: {one}"
            for name in marked
            for one in conflicts(name, statements, schema)
        ),
        *(
            f"{table}.{column} has no default any more, and the last release leaves it out: {one}"
            for table, column in undefaulted(source)
            for one in leaving_out(table, column, statements)
        ),
    ]


def contract_of(source: str) -> tuple[str, ...]:
    """What a migration says that it takes away."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["contract"]:
            return tuple(ast.literal_eval(node.value))
    return ()


def takings(source: str) -> list[str]:
    tree = ast.parse(source)
    sql = [single(text) for text in texts(tree)]
    found = [words for words, pattern in TAKES_AWAY.items() if any(re.search(pattern, text) for text in sql)]
    called = {
        node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    return found + sorted(f"calls {name}" for name in called & OPERATIONS)


def texts(tree: ast.Module) -> Iterator[str]:
    """All strings but those that are for readers."""
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def uses(name: str, statements: Iterable[str]) -> list[str]:
    """Statements that speak of a table, or of a column and its table."""
    words = [re.compile(rf"\b{re.escape(word)}\b") for word in name.split(".")]
    return [one for one in statements if all(word.search(one) for word in words)]


def conflicts(name: str, statements: Iterable[str], schema: str) -> list[str]:
    """Statements that say `on conflict` of a table, if it is a unique index or constraint of it that goes. Without it
    PostgreSQL refuses them, or they write twice what is there."""
    table, _, rule = name.rpartition(".")
    unique = {(found[2] or found[3], found[1] or found[4]) for found in UNIQUE.finditer(schema)}
    if (table, rule) not in unique:
        return []
    return [one for one in statements if " on conflict" in single(one) and table in {each for each, _ in inserts(one)}]


def undefaulted(source: str) -> Iterator[tuple[str, str]]:
    """Tables and columns whose default a migration drops."""
    for text in texts(ast.parse(source)):
        for table, actions in DROPPED_DEFAULT.findall(single(text)):
            yield from ((table, column) for column in WHOSE.findall(actions))


def leaving_out(table: str, column: str, statements: Iterable[str]) -> list[str]:
    """Statements that insert into a table and do not name the column."""
    return [one for one in statements if any(into == table and column not in named for into, named in inserts(one))]


def inserts(statement: str) -> Iterator[tuple[str, set[str]]]:
    """Each table that a statement inserts into, and the columns that it names."""
    for table, columns in INSERT.findall(single(statement)):
        yield table, {column.strip().strip('"') for column in columns.split(",")}


def single(text: str) -> str:
    """In lower case, with single spaces."""
    return " ".join(text.lower().split())


def migrations(service: str) -> list[Path]:
    """Of the service, and of the kernel below it."""
    return [*sorted(migrations_of(service).glob("*.py")), *sorted(KERNEL.glob("*.py"))]


def unreleased(service: str, files: Sequence[str]) -> list[Path]:
    """Those that the last release did not have; `files` are its own."""
    known = {name.rpartition("/")[2] for name in files}
    return [path for path in migrations(service) if path.name not in known]


def contracted(service: str) -> set[str]:
    """All that was ever taken away."""
    return {name for path in migrations(service) for name in contract_of(path.read_text())}


def created(schema: str) -> list[str]:
    """The tables of a schema."""
    return re.findall(r"^CREATE(?: UNLOGGED)? TABLE public\.(\w+)", schema, re.MULTILINE)
