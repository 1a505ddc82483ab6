"""`philo replay run`: a recorded job through the code as it is now, and what would be said otherwise."""

from __future__ import annotations

import asyncio
import logging
import sys
from pathlib import Path
from typing import Annotated

import structlog
import typer
from rich.console import Console

from philo.replay.run_databases import tables, throwaway_server
from philo.replay.run_view import told
from philo.stack.errors import StackError
from philo_kernel.replay.forbidden import unreachable
from philo_kernel.replay.recording import NoRecording, Recording, read
from philo_kernel.replay.rerun import Ran
from philo_kernel.replay.rerun import run as run_again

File = Annotated[Path, typer.Argument(help="What `philo replay record` wrote.")]
All = Annotated[bool, typer.Option("--all", help="Every difference; later ones may follow from the first.")]


def run(file: File, everything: All = False) -> None:
    """Run a recorded job again, offline, and tell where the code of now says something else. Exits with 1 if it does."""
    try:
        recording = read(file)
    except NoRecording as error:
        raise StackError(str(error)) from error
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))  # what differs is told
    console = Console(highlight=False)
    with console.status("Running it again"):
        ran = offline(recording)
    for line in told(recording, ran, everything=everything):
        console.print(line, soft_wrap=True)
    if ran.differences:
        sys.exit(1)


def offline(recording: Recording) -> Ran:
    """In a database that is thrown away, with nothing else within reach."""
    with throwaway_server() as url, unreachable(url):
        return asyncio.run(in_tables_of(url, recording))


async def in_tables_of(admin_url: str, recording: Recording) -> Ran:
    async with tables(admin_url) as databases:
        return await run_again(recording, databases)
