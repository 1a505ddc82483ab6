"""Expand, then contract: what a migration may take away, and when (docs/changes.md).

Replicas of two versions share a database while a new one is rolled out. So a migration only adds. What code has stopped
using goes with a later release, in a migration that says so: `contract = ("table", "table.column")`.
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
    "drops a column": r"\bdrop column\b",
    "renames": r"\brename\b",
    "gives a column another type": r"\balter column \S+ (set data )?type\b",
    "refuses what was allowed to be missing": r"\balter column \S+ set not null\b",
}
"""In SQL, in lower case, with single spaces. `alter table add …, alter column …` is found as well."""
OPERATIONS = {"drop_table", "drop_column", "rename_table", "alter_column"}
"""Alembic's own, which do the same."""


def offences(source: str, statements: Iterable[str]) -> list[str]:
    """What a migration does too early; `statements` are those of the last release."""
    marked, found = contract_of(source), takings(source)
    if found and not marked:
        return [f"{one}, and does not say in `contract` what it takes away" for one in found]
    return [
        f"takes {name} away, which the last release uses: {one}" for name in marked for one in uses(name, statements)
    ]


def contract_of(source: str) -> tuple[str, ...]:
    """What a migration says that it takes away."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["contract"]:
            return tuple(ast.literal_eval(node.value))
    return ()


def takings(source: str) -> list[str]:
    tree = ast.parse(source)
    sql = [" ".join(text.lower().split()) for text in texts(tree)]
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
