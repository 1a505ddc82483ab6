"""`philo logs`."""

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from philo.commands.log_lines import as_written, readable
from philo.stack import Stack, StackError
from philo.stack.logs import Follower, tail

LOOK_EVERY = 0.2  # seconds
EVERY = 1_000_000
"""Lines: all of a log, for who looks for something."""
COLOURS = ("cyan", "magenta", "yellow", "blue", "green", "red")

Name = Annotated[str | None, typer.Argument(help="One part, for example gateway or kafka; without it, all.")]
Follow = Annotated[bool, typer.Option("--follow", "-f", help="Go on showing what is added, until Ctrl-C.")]
Lines = Annotated[int, typer.Option("--lines", "-n", min=0, help="How many lines of each log to begin with.")]


About = Annotated[str, typer.Option(help="Only lines that name it: a trace, a job, a request, a user, a fact.")]
Raw = Annotated[bool, typer.Option("--json", help="The lines as they were written.")]


def logs(name: Name = None, follow: Follow = False, lines: Lines = 40, about: About = "", raw: Raw = False) -> None:
    """Show the end of the logs."""
    paths = _logs(Stack().home.root / "logs", name)
    printer = _Printer(paths, about, raw=raw)
    followers = [Follower(path) for path in paths]
    for path in paths:
        printer.show(path, tail(path, EVERY if about else lines))
    try:
        while follow:
            for follower in followers:
                printer.show(follower.path, follower.added())
            time.sleep(LOOK_EVERY)
    except KeyboardInterrupt:
        return


def _logs(folder: Path, name: str | None) -> list[Path]:
    paths = sorted(folder.glob(f"{name or '*'}.log"))
    if not paths:
        known = ", ".join(sorted(path.stem for path in folder.glob("*.log")))
        raise StackError(
            f"There is no log of {name or 'anything'} in {folder}." + (f" There are: {known}." if known else "")
        )
    return paths


class _Printer:
    """Prints lines behind the coloured name of their part, if there is more than one."""

    def __init__(self, paths: list[Path], about: str = "", *, raw: bool = False) -> None:
        self._console = Console(highlight=False)
        self._about, self._told = about, as_written if raw else readable
        width = max(len(path.stem) for path in paths)
        names = [(path, path.stem.ljust(width), COLOURS[place % len(COLOURS)]) for place, path in enumerate(paths)]
        self._prefixes = {path: Text(f"{name} │ ", colour) for path, name, colour in names} if len(paths) > 1 else {}

    def show(self, path: Path, lines: list[str]) -> None:
        for line in lines:
            if self._about in line:
                self._console.print(self._prefixes.get(path, Text()) + self._told(line), soft_wrap=True)
