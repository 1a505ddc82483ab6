"""`philo doctor`."""

import asyncio
import json
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from philo.doctor.finding import Finding, Verdict
from philo.stack import Stack

MARKS = {Verdict.FINE: Text("✓", "green"), Verdict.NOTE: Text("!", "yellow"), Verdict.WRONG: Text("✗", "red")}
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")]
Strict = Annotated[bool, typer.Option("--strict", help="End with 1 also for what is only worth knowing.")]


def doctor(as_json: AsJson = False, strict: Strict = False) -> None:
    """Look at the machine and at every part, and say what to do. Ends with 1 when something is wrong."""
    # Imported here: it brings every server's client along, which the other commands do without.
    from philo.doctor.examine import examine  # noqa: PLC0415

    console = Console(highlight=False)
    if as_json:
        findings = asyncio.run(examine(Stack()))
        typer.echo(json.dumps(facts(findings), indent=2))
    else:
        with console.status("Looking"):
            findings = asyncio.run(examine(Stack()))
        show(console, findings)
    raise typer.Exit(code(findings, strict=strict))


def code(findings: Sequence[Finding], *, strict: bool) -> int:
    bad = {Verdict.WRONG, Verdict.NOTE} if strict else {Verdict.WRONG}
    return int(any(finding.verdict in bad for finding in findings))


def facts(findings: Sequence[Finding]) -> dict[str, object]:
    told = [
        {"name": one.name, "verdict": one.verdict.value, "words": one.words, "advice": one.advice or None}
        for one in findings
    ]
    return {"well": code(findings, strict=False) == 0, "findings": told}


def show(console: Console, findings: Sequence[Finding]) -> None:
    width = max(len(finding.name) for finding in findings)
    for finding in findings:
        console.print(
            Text.assemble(MARKS[finding.verdict], f" {finding.name:<{width}} {finding.words}"), soft_wrap=True
        )
        if finding.advice:
            console.print(Text.assemble(f"  {'':<{width}} ", ("→ ", "dim"), finding.advice), soft_wrap=True)
    wrong = sum(finding.verdict is Verdict.WRONG for finding in findings)
    console.print(Text(f"\n{wrong} wrong.", "red") if wrong else Text("\nAll is well.", "green"))
