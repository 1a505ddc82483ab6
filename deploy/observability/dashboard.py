"""The dashboard: what people get first, then what it is made of, from the door to the last frame."""

from __future__ import annotations

from deploy.observability.insides import API, FACTS, PROCESSES, TASKS
from deploy.observability.outcomes import JOBS, LIVE, MAKING, PEOPLE, PROVIDERS
from deploy.observability.panels import SOURCE, Json, laid_out

ROWS = (PEOPLE, JOBS, API, FACTS, TASKS, MAKING, PROVIDERS, LIVE, PROCESSES)


def dashboard() -> Json:
    return {
        "uid": "philo",
        "title": "Philo",
        "description": "What people get, and what it is made of. docs/slo.md and docs/runbook.md say what to make of it.",
        "tags": ["philo"],
        "schemaVersion": 39,
        "version": 1,
        "editable": True,
        "graphTooltip": 1,
        "refresh": "30s",
        "time": {"from": "now-3h", "to": "now"},
        "timezone": "browser",
        "links": [],
        "annotations": {"list": [firing()]},
        "templating": {"list": [source(), components()]},
        "panels": laid_out(ROWS),
    }


def firing() -> Json:
    return {
        "name": "Pages",
        "datasource": SOURCE,
        "enable": True,
        "iconColor": "red",
        "expr": 'ALERTS{alertstate="firing", severity="page"}',
        "titleFormat": "{{alertname}}",
        "textFormat": "{{component}}",
    }


def source() -> Json:
    return {"name": "datasource", "type": "datasource", "query": "prometheus", "label": "Source", "hide": 0}


def components() -> Json:
    return {
        "name": "component",
        "type": "query",
        "label": "Service",
        "datasource": SOURCE,
        "query": {"query": "label_values(philo_build_info, component)", "refId": "components"},
        "definition": "label_values(philo_build_info, component)",
        "refresh": 2,
        "sort": 1,
        "multi": True,
        "includeAll": True,
        "allValue": ".*",
        "current": {"text": "All", "value": "$__all"},
        "hide": 0,
    }
