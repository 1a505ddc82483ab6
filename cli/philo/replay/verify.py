"""`philo replay verify`: whether what services keep is what the facts say."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator, Iterable
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from philo.replay.places import Databases, all_places
from philo.replay.verify_databases import keeping, quietly
from philo.stack.errors import StackError
from philo.visible import visible
from philo_contracts.topics import SERVICES
from philo_kernel.replay.projection_log import opened
from philo_kernel.replay.verify import PATIENCE, Verification
from philo_kernel.replay.verify_difference import Count, RowDifference

SHOWN = 200
"""Differences that are written out; all are counted."""
WIDEST = 160
SECONDS = PATIENCE.total_seconds()
Job = Annotated[str | None, typer.Argument(help="The id of a job, or another key of facts: a user.")]
All = Annotated[bool, typer.Option("--all", help="Everything that every service keeps.")]
Of = Annotated[list[str] | None, typer.Option("--service", help="Only what this one keeps; may be given again.")]
Seconds = Annotated[
    float, typer.Option("--patience", min=0, help="Seconds after which a fact that was not heard counts as lost.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")]


@dataclass
class Found:
    counts: dict[str, dict[str, Count]] = field(default_factory=dict)
    differences: list[RowDifference] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(count.differences for tables in self.counts.values() for count in tables.values())


def verify(
    job: Job = None,
    everything: All = False,
    service: Of = None,
    patience: Seconds = SECONDS,
    database: Databases = None,
    as_json: AsJson = False,
) -> None:
    """Compare what is stored with the fold of the facts, for one job or for all. Exits with 1 if anything differs."""
    if (job is None) is not everything:
        raise StackError("Name a job, or say --all.")
    names = chosen(service)
    urls = all_places(database or [])
    found = quietly(urls, lambda: compared(urls, names, [job] if job else None, timedelta(seconds=patience)))
    if job and not any(count.stories for tables in found.counts.values() for count in tables.values()):
        raise StackError(f"No service knows {job!r}.")
    if as_json:
        typer.echo(json.dumps(told(found), indent=2, default=str))
    else:
        show(found)
    if found.total:
        sys.exit(1)


def chosen(service: Iterable[str] | None) -> list[str]:
    names = list(service or SERVICES)
    if unknown := [name for name in names if name not in SERVICES]:
        raise StackError(f"There is no service {unknown[0]!r}; there are {', '.join(SERVICES)}.")
    return names


async def compared(urls: dict[str, str], names: Iterable[str], keys: list[str] | None, patience: timedelta) -> Found:
    """Service by service. Of their differences the first are kept."""
    found = Found()
    async with opened(urls) as logs:
        for name in names:
            kept = keeping(name)
            looking = Verification(name, kept.projections, kept.balances, logs, patience)
            found.counts[name] = looking.counts
            await collect(looking.of(keys) if keys else looking.of_all(), found.differences)
    return found


async def collect(differences: AsyncIterator[RowDifference], into: list[RowDifference]) -> None:
    async for difference in differences:
        if len(into) < SHOWN:
            into.append(difference)


def told(found: Found) -> dict[str, Any]:
    counts = {name: {table: asdict(count) for table, count in tables.items()} for name, tables in found.counts.items()}
    return {"total": found.total, "counts": counts, "differences": [asdict(one) for one in found.differences]}


def show(found: Found) -> None:
    console = Console(highlight=False)
    console.print(table_of(found))
    for one in found.differences:
        console.print(
            Text(f"\n✗ {one.service}.{one.table}", "red") + Text(visible(f"  {one.story}  {one.row} {one.path}"))
        )
        console.print(Text(f"    stored  {shortened(one.stored)}\n    folded  {shortened(one.folded)}"), soft_wrap=True)
    if found.total > len(found.differences):
        console.print(f"\nand {found.total - len(found.differences):,} more")
    console.print(f"\n{found.total:,} differences" if found.total else "\nWhat is stored is what the facts say.")


def table_of(found: Found) -> Table:
    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("service", "kept", "stories", "facts", "rows", "waiting", "erased", "differ"):
        table.add_column(heading, justify="left" if heading in {"service", "kept"} else "right", no_wrap=True)
    for name, tables in found.counts.items():
        for kept, count in tables.items():
            numbers = (count.stories, count.facts, count.rows, count.waiting, count.erased)
            differs = Text(f"{count.differences:,}", "red" if count.differences else "green")
            table.add_row(name, kept, *(f"{number:,}" if number else "" for number in numbers), differs)
    return table


def shortened(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
    return visible(text if len(text) <= WIDEST else f"{text[:WIDEST]}… ({len(text):,} characters)")
