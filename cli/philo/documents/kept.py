"""A document in the repository, and the text that the code of today gives it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Kept:
    """`path` is relative to the root of the repository."""

    path: str
    text: Callable[[], str]

    def write(self, root: Path = ROOT) -> None:
        place = root / self.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(self.text(), encoding="utf-8")

    def is_true(self, root: Path = ROOT) -> bool:
        place = root / self.path
        return place.exists() and place.read_text(encoding="utf-8") == self.text()


def outdated(documents: Iterable[Kept], root: Path = ROOT) -> Iterator[str]:
    """The paths of those that no longer say what the code does."""
    return (document.path for document in documents if not document.is_true(root))


def as_json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
