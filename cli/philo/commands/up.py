"""`philo up`."""

import os
import time
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from philo.commands import looks
from philo.stack import Endpoints, Stack, State, Status, jaeger
from philo.stack.endpoints import JAEGER

ServersOnly = Annotated[bool, typer.Option("--servers-only", help="The four servers without the services.")]


class Extra(StrEnum):
    """What may run beside them."""

    JAEGER = "jaeger"


With = Annotated[list[Extra] | None, typer.Option("--with", help="jaeger: is sent every trace, and shows it.")]


def up(servers_only: ServersOnly = False, extras: With = None) -> None:
    """Start everything on this machine and wait until it answers."""
    console, began = Console(highlight=False), time.monotonic()
    with console.status("Starting") as told:
        if Extra.JAEGER in (extras or ()) and not os.environ.get(JAEGER):
            jaeger.provide(told.update)
            told.update("Starting")
        at = Stack().up(services=not servers_only, extras=extras or (), seen=Announcer(console, began))
    console.print(f"\n[bold green]Up[/] [dim]in {time.monotonic() - began:.1f} s[/]")
    for name, address in _addresses(at, servers_only=servers_only).items():
        console.print(f"  {name:<9} [cyan]{address}[/]", soft_wrap=True)
    console.print("\n[dim]philo status · philo logs NAME -f · philo doctor · philo down[/]")


def _addresses(at: Endpoints, *, servers_only: bool) -> dict[str, str]:
    if servers_only:
        return {"Kafka": at.kafka, "S3": at.s3_endpoint, "secrets": str(Stack().home.record)}
    traces = {"traces": at.jaeger or at.otlp} if at.otlp else {}
    return {"studio": at.gateway, "API": f"{at.gateway}/api/v1", "document": f"{at.gateway}/openapi.json"} | traces


class Announcer:
    """Says of each part, once, that it is ready or has failed."""

    def __init__(self, console: Console, began: float) -> None:
        self._console = console
        self._began = began
        self._said: set[str] = set()

    def __call__(self, now: Status) -> None:
        for row in now.rows.values():
            if row.name not in self._said and row.state in (State.READY, State.EXTERNAL, State.FAILED):
                self._said.add(row.name)
                after = f"{time.monotonic() - self._began:.1f} s"
                line = f"{looks.MARKS[row.state]} {looks.title(row.name):<11}[dim]{looks.where(row):<16}{after:>7}[/]"
                self._console.print(line)
