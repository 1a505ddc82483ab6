"""`philo`: the command line. Each command lives in a module of `philo.commands`."""

import sys

import typer
from rich.console import Console
from rich.text import Text

from philo.commands import demo, dlq, doctor, down, logs, make, operator, status, trace, up, voices
from philo.films.errors import FilmError
from philo.replay import app as replay
from philo.stack.errors import StackError
from philo.visible import visible
from philo.voices import VoiceError

app = typer.Typer(
    name="philo",
    help="Start Philo on one machine, make a film, look inside.",
    no_args_is_help=True,
    add_completion=False,
)
for command in (make.make, demo.demo, up.up, down.down, status.status, logs.logs, trace.trace, doctor.doctor):
    app.command()(command)
app.command()(operator.operator)
app.add_typer(dlq.app)
app.add_typer(voices.app)
app.add_typer(replay)


def main() -> None:
    """Run a command; what went wrong is said in words, without a traceback, and ends with 1."""
    try:
        app()
    except (StackError, FilmError, VoiceError) as error:
        Console(stderr=True).print(Text("✗ ", "red") + Text(visible(str(error))), soft_wrap=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
