"""`philo status`."""

import json
import time
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from philo.commands import looks
from philo.stack import Row, Stack

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")]


def status(as_json: AsJson = False) -> None:
    """Show how every part is."""
    stack = Stack()
    rows = list(stack.status().rows.values())
    if as_json:
        typer.echo(json.dumps({"running": stack.is_running(), "parts": [_facts(row) for row in rows]}, indent=2))
        return
    console = Console(highlight=False)
    if not stack.is_running():
        console.print("Nothing is running. [dim]Start it with[/] philo up")
        return
    console.print(_table(rows))
    for row in rows:
        if row.trouble:
            console.print(f"[red]{row.name}[/] {row.trouble}", soft_wrap=True)


def _facts(row: Row) -> dict[str, object]:
    """`uptime` is in seconds."""
    return {
        "name": row.name, "state": row.state, "pid": row.pid, "port": row.port,
        "uptime": _uptime(row), "restarts": row.restarts, "trouble": row.trouble or None,
    }  # fmt: skip


def _table(rows: list[Row]) -> Table:
    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 3, 0, 0))
    for heading in ("part", "state", "pid", "port", "up for", "restarts"):
        table.add_column(heading, justify="right" if heading in ("pid", "port", "restarts") else "left")
    for row in rows:
        uptime = _uptime(row)
        numbers = [str(value) if value is not None else "" for value in (row.pid, row.port)]
        up_for = looks.duration(uptime) if uptime is not None else ""
        table.add_row(looks.title(row.name), looks.state(row), *numbers, up_for, str(row.restarts or ""))
    return table


def _uptime(row: Row) -> float | None:
    return round(time.time() - row.start, 1) if row.pid is not None and row.start is not None else None
