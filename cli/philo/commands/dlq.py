"""`philo dlq`: what could not be handled, and how it comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import asyncpg
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from philo.replay.connecting import connected
from philo.replay.database_trouble import TROUBLES, in_words
from philo.stack import Stack
from philo.stack.errors import StackError
from philo.visible import visible
from philo_kernel import dead_letters
from philo_kernel.dead_letters import DeadLetter

app = typer.Typer(name="dlq", help="Look at what could not be handled, and bring it back.", no_args_is_help=True)
T = TypeVar("T")
Service = Annotated[str | None, typer.Option("--service", help="Only of this service.")]
Which = Annotated[str, typer.Argument(help="SERVICE/NUMBER as `philo dlq list` shows it, or `all`.")]


@app.command("list")
def list_letters(service: Service = None) -> None:
    """Show what is parked."""
    table = Table("letter", "what", "handler", "stream", "attempts", "why", box=None, header_style="dim")
    letters = [(name, letter) for name in chosen(service) for letter in asked(name, dead_letters.listed)]
    for name, letter in letters:
        table.add_row(*row(name, letter))
    Console(highlight=False).print(table if letters else "Nothing is parked.")


@app.command()
def show(which: Which) -> None:
    """Show one letter whole, with its cause."""
    name, number = parted(which)
    found = asked(name, lambda connection: dead_letters.listed(connection, [number]))
    if not found:
        raise StackError(f"There is no letter {which}. `philo dlq list` shows what is parked.")
    letter = visible(told(found[0]))
    Console(highlight=False).print(letter, markup=False, soft_wrap=True)  # its body may be for another program


@app.command()
def redrive(which: Which, service: Service = None) -> None:
    """Have a letter handled again, or `all` of them. What fails again stays parked, with its new cause."""
    console = Console(highlight=False)
    if which == "all":
        count = sum(len(asked(name, dead_letters.redrive)) for name in chosen(service))
    else:
        name, number = parted(which)
        count = len(asked(name, lambda connection: dead_letters.redrive(connection, [number])))
        if not count:
            raise StackError(f"There is no letter {which}. `philo dlq list` shows what is parked.")
    console.print(f"{count} on the way back. `philo dlq list` shows what stays.")


def row(name: str, letter: DeadLetter) -> list[Text]:
    """Plain texts: what was parked may hold anything, also what rich or the terminal would take for orders."""
    what, stream = letter.type or "?", letter.stream or ""
    return [
        Text(visible(cell))
        for cell in (f"{name}/{letter.id}", what, letter.handler, stream, f"{letter.attempts}", letter.error)
    ]


def told(letter: DeadLetter) -> str:
    place = f"{letter.topic}[{letter.part}]@{letter.log_offset}" if letter.topic else "task"
    facts = {
        "what": letter.type or "?",
        "handler": letter.handler,
        "stream": letter.stream or "",
        "from": place,
        "since": letter.at.isoformat(timespec="seconds"),
        "trace": letter.traceparent or "",
        "why": letter.error,
    }
    head = "\n".join(f"{name:<9}{value}" for name, value in facts.items())
    return f"{head}\n\n{letter.value.decode(errors='backslashreplace')}\n\n{letter.details}"


def chosen(service: str | None) -> list[str]:
    names = list(Stack().endpoints().databases)
    if service is not None and service not in names:
        raise StackError(f"There is no service {service!r}; there are {', '.join(names)}.")
    return [service] if service else names


def parted(which: str) -> tuple[str, int]:
    name, _, number = which.partition("/")
    if not number.isdigit():
        raise StackError(f"{which!r} is no letter. Name it as `philo dlq list` does, such as tts/12.")
    return chosen(name)[0], int(number)


def asked(service: str, ask: Callable[[asyncpg.Connection], Awaitable[T]]) -> T:
    """Ask the database of one service. Raises `StackError`."""
    url, whose = Stack().endpoints().databases[service], f"the database of {service}"

    async def run() -> T:
        connection = await connected(url, whose)
        try:
            return await ask(connection)
        finally:
            await connection.close()

    try:
        return asyncio.run(run())
    except TROUBLES as error:
        raise in_words(error, whose) from error
