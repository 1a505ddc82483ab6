"""What dashboards, alerts and the runbook ask Prometheus, taken apart."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import promql_parser as promql
import yaml

ROOT = Path(__file__).parents[2]
ALERTS = ROOT / "deploy" / "observability" / "prometheus" / "alerts.yml"
DASHBOARD = ROOT / "deploy" / "observability" / "grafana" / "philo.json"
RUNBOOK = ROOT / "docs" / "runbook.md"
OBJECTIVES = ROOT / "docs" / "slo.md"
VARIABLES = {"$__rate_interval": "5m", "$component": ".*"}


@dataclass(frozen=True)
class Asked:
    """A series that an expression wants, and the labels that it must have for it."""

    name: str
    labels: frozenset[str]


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load(ALERTS.read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def alerts() -> list[dict[str, Any]]:
    return [rule for rule in rules() if "alert" in rule]


def dashboard() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DASHBOARD.read_text(encoding="utf-8"))
    return found


def blocks(path: Path, language: str) -> list[str]:
    """What stands in such fences."""
    return re.findall(rf"^```{language}\n(.*?)^```$", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def questions() -> dict[str, str]:
    """Every expression that anybody is told to ask, by where it stands."""
    found = {
        f"{ALERTS.name}: {rule.get('alert') or rule['record']} {n}": rule["expr"] for n, rule in enumerate(rules())
    }
    for panel in dashboard()["panels"]:
        for target in panel.get("targets", ()):
            found[f"{DASHBOARD.name}: {panel['title']} {target['refId']}"] = filled(target["expr"])
    for path in (RUNBOOK, OBJECTIVES):
        for number, text in enumerate(blocks(path, "promql")):
            found[f"{path.name}: {number}"] = text
    return found


def filled(expression: str) -> str:
    for name, value in VARIABLES.items():
        expression = expression.replace(name, value)
    return expression


def asked(expression: str) -> Iterator[Asked]:
    """Raises ValueError for what is no PromQL."""
    yield from wanted(promql.parse(expression), frozenset())


def wanted(expression: Any, grouped: frozenset[str]) -> Iterator[Asked]:
    match expression:
        case promql.VectorSelector():
            matched = {one.name for one in expression.matchers.matchers}
            yield Asked(expression.name, grouped | matched)
        case promql.MatrixSelector():
            yield from wanted(expression.vector_selector, grouped)
        case promql.AggregateExpr():
            by = expression.modifier.labels if expression.modifier else []
            yield from wanted(expression.expr, frozenset(by) or grouped)
        case promql.BinaryExpr():
            yield from wanted(expression.lhs, grouped)
            yield from wanted(expression.rhs, grouped)
        case promql.Call():
            for one in expression.args:
                yield from wanted(one, grouped)
        case promql.ParenExpr() | promql.SubqueryExpr() | promql.UnaryExpr():
            yield from wanted(expression.expr, grouped)
        case promql.NumberLiteral() | promql.StringLiteral():
            return
        case _:
            raise TypeError(f"{type(expression).__name__} is not known here")
