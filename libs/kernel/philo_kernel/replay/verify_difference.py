"""What a verification has found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RowDifference:
    """`path` leads into the row; `stored` and `folded` are JSON, None where there is nothing."""

    service: str
    table: str
    story: str
    row: str
    path: str
    stored: Any = None
    folded: Any = None


@dataclass
class Count:
    """What was looked at in one table: stories, their facts, rows. `waiting` facts are on their way to it; of stories of
    somebody `erased` nothing can be told."""

    stories: int = 0
    facts: int = 0
    rows: int = 0
    waiting: int = 0
    erased: int = 0
    differences: int = 0
