"""`philo`: the command line. Each command lives in a module of `philo.commands`."""

import sys

import typer
from rich.console import Console
from rich.text import Text

from philo.commands import doctor, down, logs, status, up
from philo.stack.errors import StackError

app = typer.Typer(
    name="philo",
    help="Start Philo on one machine, make a film, look inside.",
    no_args_is_help=True,
    add_completion=False,
)
for command in (up.up, down.down, status.status, logs.logs, doctor.doctor):
    app.command()(command)


def main() -> None:
    """Run a command; what went wrong is said in words, without a traceback, and ends with 1."""
    try:
        app()
    except StackError as error:
        Console(stderr=True).print(Text("✗ ", "red") + Text(str(error)), soft_wrap=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
