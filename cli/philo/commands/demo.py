"""`philo demo`."""

from __future__ import annotations

import asyncio
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from philo.commands.make import filmed
from philo.films.errors import FilmError

SCRIPTS = ("en", "zh")
Language = Annotated[str, typer.Option(help="en or zh.")]
Out = Annotated[Path | None, typer.Option("-o", "--output", help="Where the MP4 goes; here otherwise.")]


def demo(language: Language = "en", output: Out = None) -> None:
    """Make a film of a script that comes with Philo, start to end."""
    if language not in SCRIPTS:
        raise FilmError(f"There is a demo in {' and '.join(SCRIPTS)}, not in {language}.")
    script = (files("philo") / "scripts" / f"demo.{language}.txt").read_text(encoding="utf-8")
    to = output or Path(f"philo-demo.{language}.mp4")
    asyncio.run(filmed(script, {"language": language}, to.absolute(), Console(highlight=False)))
