"""Rules of Prometheus as they stand in its file."""

from __future__ import annotations

from typing import Any

Rule = dict[str, Any]
"""As YAML has it."""
RUNBOOK = "docs/runbook.md#"


def record(name: str, expression: str, **labels: str) -> Rule:
    return {"record": name, "expr": expression, **({"labels": labels} if labels else {})}


def alert(name: str, expression: str, *, severity: str, after: str, summary: str, **labels: str) -> Rule:
    """`severity`: page wakes somebody, ticket waits for the morning. `after` is for how long it has to be so."""
    return {
        "alert": name,
        "expr": expression,
        "for": after,
        "labels": {"severity": severity, **labels},
        "annotations": {"summary": summary, "runbook": f"{RUNBOOK}{name.lower()}"},
    }
