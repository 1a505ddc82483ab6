"""`philo doctor`."""

import asyncio

import typer
from rich.console import Console

from philo.doctor.finding import Finding, Verdict
from philo.stack import Stack

MARKS = {Verdict.FINE: "[green]✓[/]", Verdict.NOTE: "[yellow]![/]", Verdict.WRONG: "[red]✗[/]"}


def doctor() -> None:
    """Look at the machine and at every part, and say what to do. Ends with 1 when something is wrong."""
    # Imported here: it brings every server's client along, which the other commands do without.
    from philo.doctor.examine import examine  # noqa: PLC0415

    console = Console(highlight=False)
    with console.status("Looking"):
        findings = asyncio.run(examine(Stack()))
    for finding in findings:
        _show(console, finding)
    wrong = sum(finding.verdict is Verdict.WRONG for finding in findings)
    console.print(f"\n[red]{wrong} wrong.[/]" if wrong else "\n[green]All is well.[/]")
    raise typer.Exit(1 if wrong else 0)


def _show(console: Console, finding: Finding) -> None:
    console.print(f"{MARKS[finding.verdict]} {finding.name:<11} {finding.words}", soft_wrap=True)
    if finding.advice:
        console.print(f"  {'':<11} [dim]→[/] {finding.advice}", soft_wrap=True)
