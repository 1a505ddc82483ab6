"""What a migration takes away, by name: read from its SQL, and from the operations of alembic that it calls."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

NAME = r"([^\s,;()]*)"
"""Empty at the end of a text, or with other signs than a name has, where code puts it together."""
DROPS = re.compile(
    r"\bdrop (table|index|type|domain|function|procedure|trigger|rule|(?:materialized )?view|sequence)\b"
    r"(?: concurrently)?(?: if exists)?(.*)"
)
BESIDE_NAMES = re.compile(r"\([^)]*\)|\b(?:on|cascade|restrict)\b.*")
ALTERS_TABLE = re.compile(rf"\balter table(?: if exists)?(?: only)? ?{NAME}(.*)")
OF_A_TABLE = {
    "renames a table": rf"\brename to (){NAME}",
    "renames a part of a table": rf"\brename (?!to\b)(column |constraint )?{NAME}",
    "drops a part of a table": (
        rf"\bdrop (?!default\b|not null\b|identity\b|expression\b)(column |constraint )?(?:if exists )?{NAME}"
    ),
    "gives a column another type": rf"\balter (column )?{NAME} (?:set data )?type\b",
    "refuses what was allowed to be missing": rf"\balter (column )?{NAME} set not null\b",
}
RENAMES = re.compile(rf"\balter ((?:materialized )?\w+)(?: if exists)? {NAME}.* rename\b")
ALTERS_TYPE = re.compile(rf"\balter (type|domain) {NAME} (?:drop|alter|set)\b")
OPERATIONS = {
    "drop_table": ("table_name",),
    "drop_column": ("table_name", "column_name"),
    "rename_table": ("old_table_name",),
    "alter_column": ("table_name", "column_name"),
    "drop_constraint": ("constraint_name", "table_name"),
    "drop_index": ("index_name",),
}
"""Alembic's own, and what names there what they take."""


@dataclass(frozen=True)
class Taken:
    """`name` is `table`, `table.column`, `table.constraint`, or a name alone: of an index, of anything else."""

    how: str
    name: str
    index: bool = False

    @property
    def readable(self) -> bool:
        return re.fullmatch(r"\w+(\.\w+)?", self.name) is not None


def takings(source: str) -> Iterator[Taken]:
    """All that a migration takes away."""
    for text in texts(source):
        for statement in plain(text).split(";"):
            yield from of_a_table(statement) if ALTERS_TABLE.search(statement) else of_all_else(statement)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in OPERATIONS:
            yield called(node.func.attr, node)


def of_a_table(statement: str) -> Iterator[Taken]:
    for table, actions in ALTERS_TABLE.findall(statement):
        for how, pattern in OF_A_TABLE.items():
            whole = how == "renames a table"
            yield from (Taken(how, table if whole else f"{table}.{name}") for _, name in re.findall(pattern, actions))


def of_all_else(statement: str) -> Iterator[Taken]:
    for kind, names in DROPS.findall(statement):
        for name in BESIDE_NAMES.sub("", names).split(","):
            yield Taken(f"says `drop {kind}`", name.strip(), kind == "index")
    for kind, name in RENAMES.findall(statement) + ALTERS_TYPE.findall(statement):
        yield Taken(f"says `alter {kind}`", name, kind == "index")


def called(operation: str, call: ast.Call) -> Taken:
    """What an operation of alembic takes."""
    given = dict(zip(OPERATIONS[operation], call.args, strict=False)) | {
        keyword.arg: keyword.value for keyword in call.keywords if keyword.arg
    }
    names = [written(given[name]) if name in given else "?" for name in OPERATIONS[operation]]
    if operation == "drop_constraint":
        names.reverse()
    return Taken(f"calls {operation}", plain(".".join(names)), operation == "drop_index")


def texts(source: str) -> Iterator[str]:
    """All strings but those that are for readers, whole where code puts them together."""
    tree = ast.parse(source)
    seen = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):  # what holds others comes before them
        if id(node) not in seen and is_text(node):
            seen |= {id(part) for part in ast.walk(node)}
            yield written(node)


def is_text(node: ast.AST) -> bool:
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr():
            return True
        case ast.BinOp(op=ast.Add()):
            return is_text(node.left) or is_text(node.right)
    return False


def written(node: ast.AST) -> str:
    """A string as it stands there, with `?` for what only a run can tell."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr():
            return "".join(written(part) for part in node.values)
        case ast.BinOp(op=ast.Add()):
            return written(node.left) + written(node.right)
    return "?"


def plain(text: str) -> str:
    """SQL in lower case, with single spaces, and names without their quotes and their schema."""
    return re.sub(r"\bpublic ?\. ?", "", " ".join(text.lower().replace('"', "").split()))
