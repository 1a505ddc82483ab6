"""One topic a service, the type in a header: two facts of one stream cannot overtake each other."""

from __future__ import annotations

SERVICES = ("gateway", "auth", "analysis", "tts", "render", "notify")
PARTITIONS = 6
"""Equal everywhere: with range assignment one process then sees all of a job."""


def topic(prefix: str, service: str) -> str:
    """Where a service's facts are published."""
    return f"{prefix}.{service}"


def dead_topic(prefix: str, service: str) -> str:
    """Where a service tells of what it parked. The table is the truth; this only alerts."""
    return f"{prefix}.{service}.dead"
