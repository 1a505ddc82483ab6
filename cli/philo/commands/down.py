"""`philo down`."""

from rich.console import Console

from philo.stack import Stack


def down() -> None:
    """Stop everything, services before servers. The data stays."""
    console = Console(highlight=False)
    with console.status("Stopping"):
        stopped = Stack().down()
    console.print("[green]Down.[/]" if stopped else "Nothing was running.")
