"""Freezes the schemas of all facts, with a golden sample each: `python -m philo_contracts.freeze`.

It only ever adds. A published schema never changes: raise `schema_version`, and write an upcaster from the last one.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from philo_contracts.events import KNOWN, Event
from philo_contracts.sampling import sample_of
from philo_contracts.topics import SERVICES

HERE = Path(__file__).parent
WORDS = frozenset({"title", "description"})


class Frozen(Exception):
    """This version is published, and is not what its class says today: raise its version and write an upcaster."""


def published() -> list[type[Event]]:
    """Every fact that one of Philo's services says."""
    return [kind for _, kind in sorted(KNOWN.items()) if kind.source in SERVICES]


def shape_of(kind: type[Event]) -> dict[str, Any]:
    """The JSON Schema of a fact's data as it travels. Words may be bettered later and are left out."""
    shape: dict[str, Any] = wordless(kind.model_json_schema(mode="serialization"))
    return shape


def wordless(part: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(part, dict):
        return {name: wordless(value) for name, value in part.items() if not (name in WORDS and isinstance(value, str))}
    return [wordless(one) for one in part] if isinstance(part, list) else part


def pages(kind: type[Event], root: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    name = f"{kind.__name__}/{kind.schema_version}.json"
    yield root / "schemas" / name, shape_of(kind)
    yield root / "samples" / name, sample_of(kind)


def freeze(root: Path = HERE) -> list[Path]:
    """Write what is new. Raises `Frozen` before anything is written when a frozen schema is no longer true."""
    changed = [kind.__name__ for kind in published() if is_changed(kind, root)]
    if changed:
        raise Frozen(f"{', '.join(changed)}: {Frozen.__doc__}")
    fresh = [(path, page) for kind in published() for path, page in pages(kind, root) if not path.exists()]
    for path, page in fresh:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(page, indent=2, ensure_ascii=False) + "\n")
    return [path for path, _ in fresh]


def is_changed(kind: type[Event], root: Path) -> bool:
    path, shape = next(pages(kind, root))
    return path.exists() and json.loads(path.read_text()) != shape


def main() -> None:
    try:
        written = freeze()
    except Frozen as refused:
        sys.stderr.write(f"{refused}\n")
        raise SystemExit(1) from refused
    sys.stdout.writelines(f"{path.relative_to(HERE)}\n" for path in written)


if __name__ == "__main__":
    main()
