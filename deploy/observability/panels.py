"""Panels of Grafana, and how they lie on the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
"""As Grafana has it."""
SOURCE = {"type": "prometheus", "uid": "${datasource}"}
WIDTH = 24
HEIGHT = 8
PALETTE = {"mode": "palette-classic-by-name"}
"""A series keeps its colour in all panels."""


@dataclass(frozen=True)
class Line:
    """A question, and what its answers are called."""

    ask: str
    called: str = "__auto"


@dataclass(frozen=True)
class Panel:
    title: str
    lines: Sequence[Line]
    unit: str = "short"
    words: str = ""
    width: int = 8
    kind: str = "timeseries"
    stacked: bool = False
    bounds: Sequence[tuple[float | None, str]] = ()
    """From which value on a figure has which colour; the first one has no value."""
    most: float | None = None

    def json(self, number: int, x: int, y: int, height: int) -> Json:
        targets = [
            {
                "refId": chr(ord("A") + place),
                "datasource": SOURCE,
                "expr": line.ask,
                "legendFormat": line.called,
                "range": self.kind == "timeseries",
                "instant": self.kind != "timeseries",
            }
            for place, line in enumerate(self.lines)
        ]
        return {
            "id": number,
            "type": self.kind,
            "title": self.title,
            "description": self.words,
            "datasource": SOURCE,
            "gridPos": {"x": x, "y": y, "w": self.width, "h": height},
            "targets": targets,
            "fieldConfig": {"defaults": self.field(), "overrides": []},
            "options": SHOWN if self.kind == "timeseries" else ALONE,
        }

    def field(self) -> Json:
        steps = [{"value": value, "color": colour} for value, colour in self.bounds or [(None, "text")]]
        field: Json = {"unit": self.unit, "min": 0, "thresholds": {"mode": "absolute", "steps": steps}}
        if self.most is not None:
            field["max"] = self.most
        if self.kind != "timeseries":
            return field | {"color": {"mode": "thresholds"}, "noValue": "–"}
        custom = {
            "drawStyle": "line",
            "lineInterpolation": "linear",
            "lineWidth": 1,
            "fillOpacity": 30 if self.stacked else 8,
            "showPoints": "never",
            "spanNulls": False,
            "stacking": {"mode": "normal" if self.stacked else "none", "group": "A"},
            "thresholdsStyle": {"mode": "dashed" if self.bounds else "off"},
        }
        return field | {"color": PALETTE, "custom": custom}


SHOWN: Json = {
    "legend": {"showLegend": True, "displayMode": "list", "placement": "bottom", "calcs": []},
    "tooltip": {"mode": "multi", "sort": "desc"},
}
ALONE: Json = {
    "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
    "colorMode": "value",
    "graphMode": "none",
    "justifyMode": "auto",
    "orientation": "auto",
    "textMode": "auto",
}


@dataclass(frozen=True)
class Row:
    title: str
    panels: Sequence[Panel]
    height: int = HEIGHT


def laid_out(rows: Iterable[Row]) -> list[Json]:
    """From the top, left to right; no two share a place."""
    found: list[Json] = []
    y = 0
    for row in rows:
        found.append(heading(len(found) + 1, row.title, y))
        x, y = 0, y + 1
        for panel in row.panels:
            if x + panel.width > WIDTH:
                x, y = 0, y + row.height
            found.append(panel.json(len(found) + 1, x, y, row.height))
            x += panel.width
        y += row.height
    return found


def heading(number: int, title: str, y: int) -> Json:
    place = {"x": 0, "y": y, "w": WIDTH, "h": 1}
    return {"id": number, "type": "row", "title": title, "collapsed": False, "gridPos": place, "panels": []}
