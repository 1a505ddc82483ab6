"""A line of a log for a person: when, how bad, what, and what about it. Pure."""

from __future__ import annotations

import json
from typing import Any

from rich.text import Text

COLOURS = {"debug": "dim", "info": "green", "warning": "yellow", "error": "red", "critical": "bold red"}
OWN = ("time", "level", "event", "service", "instance", "logger", "exception")
"""What has a place of its own, or says what the name of the log says already."""
LONG = ("trace_id", "span_id", "request_id", "correlation_id", "causation_id")
"""Ids: they are there to be looked for, and stand last."""


def readable(line: str) -> Text:
    """Our own lines of JSON as words; everything else as it is, with its colours."""
    told = parsed(line)
    if told is None:
        return Text.from_ansi(line)
    level = str(told.get("level", ""))
    text = Text().append(f"{str(told.get('time', ''))[11:23]} ", "dim")
    text.append(f"{level:<8} ", COLOURS.get(level, ""))
    text.append(f"{told['event']} ", "bold")
    for name in sorted(told.keys() - set(OWN), key=lambda name: (name in LONG, name)):
        text.append(f" {name}=", "dim").append(worded(told[name]), "dim" if name in LONG else "cyan")
    if told.get("exception"):
        text.append(f"\n{told['exception']}")
    return text


def parsed(line: str) -> dict[str, Any] | None:
    try:
        told = json.loads(line) if line.startswith("{") else None
    except ValueError:
        return None
    return told if isinstance(told, dict) and "event" in told else None


def worded(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
