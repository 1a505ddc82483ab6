"""`philo replay record`: a job as it was, in one file."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from philo.replay.record_reading import recorded
from philo.stack import Stack
from philo.stack.errors import StackError
from philo_kernel.replay.recording import SUFFIX, Recording, write

Job = Annotated[str, typer.Argument(help="The id of a job.")]
Out = Annotated[Path | None, typer.Option("-o", "--output", help="Where the recording goes; JOB.philo.zip otherwise.")]
PERSONAL = (
    "The texts of a person are in it: the script, what was made of it, what language models answered. Handle it as you "
    "would handle the script. No key and no password is in it."
)


def record(job: Job, output: Out = None) -> None:
    """Save a job's facts of all services, and what providers answered, to be run again with `philo replay run`.

    It is the job as all services had it at one moment: no fact is in it without its cause. A job of which something is said
    all the time is not recorded; record it at its end, or while it waits.
    """
    to = output or Path(f"{job}{SUFFIX}")
    if not to.absolute().parent.is_dir():
        raise StackError(f"There is no folder {to.absolute().parent}.")
    stack = Stack()
    found = asyncio.run(recorded(stack, job))
    write(found, to.absolute())
    tell(found, to, Console(highlight=False))


def tell(recording: Recording, path: Path, console: Console) -> None:
    services = len({one.fact.source for one in recording.facts})
    facts = f"{len(recording.facts)} facts of {services} services"
    size = f"{path.stat().st_size / 1024:,.0f} KiB"
    console.print(Text("recorded ", "bold green") + Text(f"{path} · {facts} · {size}"), soft_wrap=True)
    console.print(Text(PERSONAL, "yellow"))
    console.print(Text(f"Run it again: philo replay run {path}", "dim"), soft_wrap=True)
