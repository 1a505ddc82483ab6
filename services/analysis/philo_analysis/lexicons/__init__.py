"""Word lists as package data, read once.

Every file is UTF-8 text. `#` opens a comment; a row has fields parted by `|`, a field words parted by commas; an
English word stands for its plain inflections too (see `words.forms`), a Chinese one is found as written.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

LISTED = frozenset({"en", "zh"})
"""Languages that words are listed of; in others a text is read by its marks and letters."""

Row = tuple[tuple[str, ...], ...]


def is_listed(language: str) -> bool:
    """Whether there are words of a BCP 47 language."""
    return language.partition("-")[0] in LISTED


@cache
def rows(name: str) -> tuple[Row, ...]:
    """Rows of `<name>.txt`: fields, each a tuple of words."""
    text = (files(__package__) / f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return tuple(_row(line) for line in lines if line and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """All words of `<name>.txt`, whatever their row."""
    return frozenset(word for row in rows(name) for field in row for word in field)


@cache
def named(name: str, row: str) -> frozenset[str]:
    """The words of the row of `<name>.txt` whose first field is `row`."""
    return next(frozenset(listed) for (title,), listed in rows(name) if title == row)


def _row(line: str) -> Row:
    return tuple(tuple(word.strip() for word in field.split(",") if word.strip()) for field in line.split("|"))
