"""`philo trace`."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any

import httpx
import typer
from rich.console import Console

from philo.stack import Stack, StackError
from philo.traces.spans import rows, spans_of, worth_seeing
from philo.traces.waterfall import lines

TRACE = re.compile(r"[0-9a-f]{32}")
NO_JAEGER = (
    "This stack has no Jaeger. Run `philo down`, then `philo up --with jaeger`, or say where one answers: --at URL."
)

Which = Annotated[
    str, typer.Argument(metavar="ID", help="A job, or a trace (`trace_id` of a job, a problem, a log line).")
]
At = Annotated[
    str | None, typer.Option(help="Where a Jaeger answers, if it is not the stack's own: http://host:16686.")
]
Every = Annotated[bool, typer.Option("--all", help="Also what took less than a hundredth of the whole.")]


def trace(which: Which, at: At = None, every: Every = False) -> None:
    """Show where the time of a job went: every service, task, try and stage of its trace."""
    found = spans_of(fetched(which, at or Stack().endpoints().jaeger))
    console = Console(highlight=False)
    whole = max(span.ended for span in found) - min(span.began for span in found)
    ordered = rows(found)
    shown = ordered if every else [row for row in ordered if worth_seeing(row, whole)]
    for line in lines(shown):
        console.print(line, soft_wrap=True)
    rest = "" if len(shown) == len(found) else f", {len(shown)} of them shown (--all)"
    console.print(f"\n[dim]{len(found)} spans{rest}[/]")


def fetched(which: str, page: str | None) -> dict[str, Any]:
    """The trace as Jaeger has it. Raises StackError when there is none, or no Jaeger."""
    if page is None:
        raise StackError(NO_JAEGER)
    of_job = {"service": "philo-gateway", "tags": json.dumps({"philo.correlation_id": which}), "limit": "1"}
    path, query = (f"/api/traces/{which}", {}) if TRACE.fullmatch(which) else ("/api/traces", of_job)
    try:
        answer = httpx.get(page.rstrip("/") + path, params=query, timeout=10)
    except httpx.TransportError as error:
        raise StackError(
            f"No Jaeger answers at {page}: {error}. `philo status` says how the stack's own is."
        ) from error
    data = answer.json().get("data") if answer.status_code == httpx.codes.OK else None
    if not data:
        raise StackError(f"Jaeger has no trace of {which}. It keeps the last ones in memory, since it was started.")
    trace: dict[str, Any] = data[0]
    return trace
