"""The schemas of all facts: frozen when they are published, and never changed after."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from philo_contracts.freeze import HERE, is_changed, pages, published


def troubles(root: Path = HERE) -> Iterator[str]:
    """What is wrong with the frozen schemas below `root`, and what mends it."""
    for kind in published():
        version = f"{kind.__name__} version {kind.schema_version}"
        if is_changed(kind, root):
            yield f"{version} is published and has changed: raise its schema_version and write an upcaster."
        elif not all(path.exists() for path, _ in pages(kind, root)):
            yield f"{version} is not frozen yet: `make documents` does it."
