"""`philo make`."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from philo.films.account import enter
from philo.films.api import Api, Json
from philo.films.errors import FilmError
from philo.films.making import make as make_film
from philo.stack import Stack

File = Annotated[Path, typer.Argument(help="The script, UTF-8 text.")]
Out = Annotated[Path | None, typer.Option("-o", "--output", help="Where the MP4 goes; beside the script otherwise.")]
Language = Annotated[str | None, typer.Option(help="Of the script, such as en or zh; found out otherwise.")]
Aspect = Annotated[str, typer.Option(help="16:9, 9:16, 1:1 or 4:5.")]
Resolution = Annotated[str, typer.Option(help="480p, 720p, 1080p or 2160p.")]


def make(
    file: File,
    output: Out = None,
    language: Language = None,
    aspect: Aspect = "16:9",
    resolution: Resolution = "720p",
) -> None:
    """Make a film of a script and watch it being made."""
    script = read(file)
    to = output or file.with_suffix(".mp4")
    if not to.parent.is_dir():
        raise FilmError(f"There is no folder {to.parent}.")
    config = {"language": language, "aspect": aspect, "resolution": resolution}
    asyncio.run(filmed(script, config, to.absolute(), Console(highlight=False)))


def read(file: Path) -> str:
    """Raises `FilmError` for what is not a text."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise FilmError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise FilmError(f"{file} is not UTF-8 text. Save it as UTF-8 and try again.") from error


async def filmed(script: str, config: Json, to: Path, console: Console) -> None:
    """Start what is not running, make the film, say where it is."""
    stack = Stack()
    with console.status("Starting"):
        at = await asyncio.to_thread(stack.up)
    async with Api.at(at.gateway) as api:
        await enter(api, stack.home.root / "account.json")
        await make_film(api, script, config, to, console)
    console.print(f"\n[bold green]video:[/] {to}", soft_wrap=True)
    console.print(f"[dim]API:   {at.gateway}/api/v1 · stop everything with `philo down`[/]", soft_wrap=True)
