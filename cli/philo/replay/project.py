"""`philo replay project`: builds a table anew from the facts beside the live one, and puts it in its place."""

from __future__ import annotations

import time
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from philo.replay.places import Databases, all_places
from philo.replay.verify import shortened
from philo.replay.verify_databases import keeping, quietly
from philo.stack.errors import StackError
from philo.visible import visible
from philo_contracts.topics import SERVICES
from philo_kernel.replay import projection_shadow
from philo_kernel.replay.projection import Projection
from philo_kernel.replay.projection_log import Logs, opened
from philo_kernel.replay.projection_rebuild import Rebuilding, positions
from philo_kernel.replay.projection_shadow import CannotRebuild
from philo_kernel.replay.projection_swap import Busy, Comparison, compare, swap

EVERY = 1.0
"""Seconds between two lines of progress."""
TRIES = 5
Name = Annotated[str, typer.Argument(help="SERVICE.TABLE, such as notify.job_view.")]
From = Annotated[
    str,
    typer.Option(
        "--from", metavar="POSITION|TIME", help="Only stories with facts from there on; the others are copied."
    ),
]
Into = Annotated[str, typer.Option("--into", help="Where to: there is one place, `shadow`.")]
Swap = Annotated[bool, typer.Option("--swap", help="Put it in the place of the live table, if both agree.")]
Differing = Annotated[bool, typer.Option("--accept-differences", help="Swap though they do not agree.")]
Discard = Annotated[bool, typer.Option("--discard", help="Give up what was begun.")]


def project(
    name: Name,
    since: From = "0",
    into: Into = "shadow",
    swapping: Swap = False,
    accept: Differing = False,
    discard: Discard = False,
    database: Databases = None,
) -> None:
    """Rebuild a table from the facts while its service runs, compare it with the live one, and swap them."""
    service, projection = projection_of(name)
    if into != "shadow":
        raise StackError("A projection is rebuilt into `shadow`, in the database of its service.")
    urls = {one: url for one, url in all_places(database or []).items() if one in {service, *projection.services}}
    console = Console(highlight=False)

    async def work() -> None:
        async with opened(urls, writable=[service]) as logs:
            if discard:
                await projection_shadow.discard(logs.connections[service], projection)
                console.print("Nothing of it is left; the live table is what it was.")
                return
            rebuilding = await built(console, service, projection, logs, since)
            found = await compare(rebuilding)
            show(console, found, rebuilding)
            if swapping:
                await swapped(console, rebuilding, found, accept=accept)

    try:
        quietly(urls, work)
    except (CannotRebuild, Busy, ValueError) as error:
        raise StackError(str(error)) from error


def projection_of(name: str) -> tuple[str, Projection]:
    service, _, table = name.partition(".")
    known = {f"{one}.{kept.table}": (one, kept) for one in SERVICES for kept in keeping(one).projections}
    if name not in known:
        fit = sorted(one for one, (_, kept) in known.items() if kept.fresh is not None)
        raise StackError(f"{service} keeps no {table!r} that follows from facts. There are {', '.join(fit)}.")
    return known[name]


async def built(console: Console, service: str, projection: Projection, logs: Logs, since: str) -> Rebuilding:
    """Built, and caught up with what was written meanwhile."""
    new = await projection_shadow.prepare(logs.connections[service], projection, since)
    start = await positions(logs, projection.services, since)
    rebuilding = Rebuilding(service, projection, logs, start)
    console.print(f"{'Building' if new else 'Going on with'} shadow.{projection.table} of {service}")
    began = told = time.monotonic()
    async for _ in rebuilding.build():
        if time.monotonic() - told >= EVERY:
            told = time.monotonic()
            console.print(progress(rebuilding, told - began))
    console.print(progress(rebuilding, time.monotonic() - began))
    caught = 0
    while more := await rebuilding.follow():
        caught += more
    console.print(f"  caught up; {caught:,} stories were written meanwhile")
    return rebuilding


def progress(rebuilding: Rebuilding, seconds: float) -> str:
    rate = rebuilding.folded_now / max(seconds, 0.001)
    return f"  {rebuilding.stories:,} stories, {rebuilding.facts:,} facts, {rate:,.0f} facts a second"


def show(console: Console, found: Comparison, rebuilding: Rebuilding) -> None:
    for key, words in rebuilding.unfolded.items():
        console.print(Text(visible(f"  {key} stays as it is: {words}"), "yellow"), soft_wrap=True)
    counts = f"{found.same:,} rows equal, {found.differing:,} differ"
    console.print(f"  {counts}, {found.only_live:,} only live, {found.only_shadow:,} only in the shadow")
    for one in found.found:
        console.print(Text(visible(f"  ✗ {one.row} {one.path}"), "yellow"), soft_wrap=True)
        console.print(
            Text(f"      live    {shortened(one.stored)}\n      shadow  {shortened(one.folded)}"), soft_wrap=True
        )


async def swapped(console: Console, rebuilding: Rebuilding, found: Comparison, *, accept: bool) -> None:
    if not found.agrees and not accept:
        raise StackError(
            "They do not agree, so nothing was swapped. If the shadow is right, repeat this with --accept-differences; "
            "else give it up with --discard."
        )
    for number in range(TRIES):
        try:
            await swap(rebuilding)
        except Busy as error:
            if number == TRIES - 1:
                raise
            console.print(f"  {error} Once more.")
            while await rebuilding.follow():
                pass
        else:
            break
    console.print(f"Swapped: {rebuilding.projection.table} is what the facts say.")
