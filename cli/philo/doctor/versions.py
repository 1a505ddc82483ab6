"""Which versions of the servers Philo is tried with, and which are too old."""

import re

from philo.doctor.finding import Finding, note, wrong

LEAST = {"PostgreSQL": (15,), "valkey": (7, 2), "redis": (6, 2)}
"""Older ones are not mended by their own makers any more."""
TRIED = {"PostgreSQL": (18,), "valkey": (9,), "redis": (8,)}
"""Every test runs with these, or newer ones."""


def judged(name: str, words: str) -> Finding | None:
    """`words` are what the server says of itself, with its kind and version; None when that is well."""
    found = re.search(r"(?P<kind>PostgreSQL|valkey|redis) (?P<version>\d+(?:\.\d+)*)", words)
    if found is None:
        return None
    kind, version = found["kind"], tuple(int(part) for part in found["version"].split("."))
    if version < LEAST[kind]:
        return wrong(name, f"{words}: too old", f"Nobody mends it any more. Use {kind} {dotted(LEAST[kind])} or newer.")
    if version < TRIED[kind]:
        return note(name, words, f"It should work; Philo is tried with {kind} {dotted(TRIED[kind])}.")
    return None


def dotted(version: tuple[int, ...]) -> str:
    return ".".join(str(part) for part in version)
