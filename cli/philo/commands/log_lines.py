"""A line of a log for a person: when, how bad, what, and what about it. Pure."""

from __future__ import annotations

import json
import re
from typing import Any

from rich.text import Text

from philo.visible import STEERING, visible

COLOURS = {"debug": "dim", "info": "green", "warning": "yellow", "error": "red", "critical": "bold red"}
COLOURING = re.compile(r"\x1b\[[0-9;]*m")
OWN = ("time", "level", "event", "service", "instance", "logger", "exception")
"""What has a place of its own, or says what the name of the log says already."""
LONG = ("trace_id", "span_id", "request_id", "correlation_id", "causation_id")
"""Ids: they are there to be looked for, and stand last."""


def readable(line: str) -> Text:
    """Our own lines of JSON as words; everything else as it is, with its colours. Neither steers the terminal."""
    told = parsed(line)
    if told is None:
        return as_written(line)
    level = visible(str(told.get("level", "")))
    text = Text().append(f"{visible(str(told.get('time', '')))[11:23]} ", "dim")
    text.append(f"{level:<8} ", COLOURS.get(level, ""))
    text.append(f"{visible(worded(told['event']))} ", "bold")
    for name in sorted(told.keys() - set(OWN), key=lambda name: (name in LONG, name)):
        text.append(f" {visible(name)}=", "dim").append(visible(worded(told[name])), "dim" if name in LONG else "cyan")
    if told.get("exception"):
        text.append(f"\n{visible(worded(told['exception']))}")
    return text


def as_written(line: str) -> Text:
    """With its colours; what would do more to a terminal than to colour it is shown by its numbers, and without colours."""
    return Text(visible(line)) if STEERING.search(COLOURING.sub("", line)) else Text.from_ansi(line)


def parsed(line: str) -> dict[str, Any] | None:
    try:
        told = json.loads(line) if line.startswith("{") else None
    except ValueError:
        return None
    return told if isinstance(told, dict) and "event" in told else None


def worded(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
