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
from tests.contract.takings import plain, takings, texts

DROPPED_DEFAULT = re.compile(r"\balter table (?:if exists )?(?:only )?(\w+)([^;]*\bdrop default\b[^;]*)")
WHOSE = re.compile(r"\balter (?:column )?(\w+) drop default\b")
INSERT = re.compile(r"\binsert into (\w+)(?: as \w+)? ?(?:\((?! ?(?:select|with|values)\b)([^)]*)\)|(default) values)?")
INDEX = re.compile(r"\bcreate (?:unique )?index (\w+) on (?:only )?(\w+)")
UNIQUE = re.compile(
    r"\bcreate unique index (\w+) on (?:only )?(\w+)"
    r"|\balter table only (\w+) add constraint (\w+) (?:unique|primary key)"
)


def offences(source: str, statements: Sequence[str], schema: str = "") -> list[str]:
    """What a migration does too early; `statements` are those of the last release, `schema` is its dump."""
    marked = contract_of(source)
    return [
        *unsaid(source, marked, schema),
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


def unsaid(source: str, marked: Sequence[str], schema: str) -> Iterator[str]:
    """What a migration takes away without saying so in `contract`."""
    tables = dict(INDEX.findall(plain(schema)))
    for one in takings(source):
        if not one.readable:
            yield f"{one.how}, whose name ({one.name}) only a run can tell: write it out"
        elif one.index and one.name not in tables:  # made since: any table may be its own
            if not any(name.endswith(f".{one.name}") for name in marked):
                yield f"{one.how}: `contract` does not name TABLE.{one.name}"
        elif (name := f"{tables[one.name]}.{one.name}" if one.index else one.name) not in marked:
            yield f"{one.how}: `contract` does not name {name}"


def uses(name: str, statements: Iterable[str]) -> list[str]:
    """Statements that speak of a table, or of a column and its table."""
    words = [re.compile(rf"\b{re.escape(word)}\b") for word in name.split(".")]
    return [one for one in statements if all(word.search(plain(one)) for word in words)]


def conflicts(name: str, statements: Iterable[str], schema: str) -> list[str]:
    """Statements that say `on conflict` of a table, if it is a unique index or constraint of it that goes. Without it
    PostgreSQL refuses them, or they write twice what is there."""
    table, _, rule = name.rpartition(".")
    unique = {(found[2] or found[3], found[1] or found[4]) for found in UNIQUE.finditer(plain(schema))}
    if (table, rule) not in unique:
        return []
    return [one for one in statements if " on conflict" in plain(one) and table in {each for each, _ in inserts(one)}]


def undefaulted(source: str) -> Iterator[tuple[str, str]]:
    """Tables and columns whose default a migration drops."""
    for text in texts(source):
        for table, actions in DROPPED_DEFAULT.findall(plain(text)):
            yield from ((table, column) for column in WHOSE.findall(actions))


def leaving_out(table: str, column: str, statements: Iterable[str]) -> list[str]:
    """Statements that insert into a table and do not name the column. One that names none gives all of them."""
    return [
        one
        for one in statements
        if any(into == table and named is not None and column not in named for into, named in inserts(one))
    ]


def inserts(statement: str) -> Iterator[tuple[str, set[str] | None]]:
    """Each table that a statement inserts into, and the columns that it lists, or None without a list."""
    for found in INSERT.finditer(plain(statement)):
        listed = "" if found[3] else found[2]
        yield found[1], None if listed is None else {column.strip() for column in listed.split(",")}


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
