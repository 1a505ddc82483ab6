"""Where what is stored differs from what the facts say. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from philo_kernel.replay.story_chapter import Part


class Difference(Part):
    """`path` is a JSON Pointer (RFC 6901) into the state; a side that has nothing there is told so by `only`."""

    path: str
    stored: Any = None  # any JSON
    folded: Any = None
    only: str | None = None


def differences(stored: object, folded: object, path: str = "") -> Iterator[Difference]:
    """Every place where two JSON values differ, as deep as possible."""
    if isinstance(stored, dict) and isinstance(folded, dict):
        for name in sorted(stored.keys() | folded.keys()):
            yield from part(stored, folded, name, f"{path}/{escaped(name)}")
    elif isinstance(stored, list) and isinstance(folded, list):
        pairs = dict(enumerate(stored)), dict(enumerate(folded))
        for index in range(max(len(stored), len(folded))):
            yield from part(*pairs, index, f"{path}/{index}")
    elif stored != folded or isinstance(stored, bool) is not isinstance(folded, bool):
        yield Difference(path=path, stored=stored, folded=folded)


def part(stored: dict[Any, Any], folded: dict[Any, Any], name: object, path: str) -> Iterator[Difference]:
    if name not in folded:
        yield Difference(path=path, stored=stored[name], only="stored")
    elif name not in stored:
        yield Difference(path=path, folded=folded[name], only="folded")
    else:
        yield from differences(stored[name], folded[name], path)


def escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
