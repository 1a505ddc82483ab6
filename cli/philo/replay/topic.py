"""`philo replay topic`: an event store that was lost, as far as Kafka still has it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import asyncpg
import typer
from rich.console import Console
from rich.text import Text

from philo.replay.places import all_places
from philo.replay.verify_databases import quietly
from philo.stack import Stack
from philo.stack.errors import StackError
from philo.visible import visible
from philo_contracts.events import UserErased
from philo_contracts.topics import SERVICES, topic
from philo_kernel.replay.topic import NoTopic, records
from philo_kernel.replay.topic_store import Gap, NotEmpty, Restored, lay_down, reserve, restore

SHOWN = 20
Topics = Annotated[list[str], typer.Argument(metavar="TOPIC…", help="Such as philo.gateway.")]
Store = Annotated[str, typer.Option("--into", metavar="STORE", help="A service, or the URL of a migrated database.")]
Bootstrap = Annotated[
    str | None, typer.Option("--kafka", help="host:port of every broker, with commas; this stack's own when left out.")
]


def replay_topic(topics: Topics, into: Store, kafka: Bootstrap = None) -> None:
    """Read topics back into an empty event store, without publishing anything.

    What Kafka has forgotten does not come back, nor does what was never published, nor any row that is no fact: projects,
    budgets, the ledger, accounts. Nobody who was erased comes back.
    """
    url, bootstrap = store_of(into, topics), kafka or Stack().endpoints().kafka
    restored = Restored()
    try:
        brokers = [f"kafka://{broker}" for broker in bootstrap.split(",")]
        quietly({"the store": url}, lambda: brought(url, bootstrap, topics, restored), *brokers)
    except (NotEmpty, NoTopic) as error:
        raise StackError(str(error)) from error
    show(Console(highlight=False), restored)


def store_of(into: str, topics: Sequence[str]) -> str:
    """The database. A service's own store takes its own facts only."""
    if into not in SERVICES:
        if "://" not in into:
            raise StackError(f"{into!r} is neither a service nor the URL of a database.")
        return into
    if strange := [name for name in topics if name.rpartition(".")[2] != into]:
        raise StackError(f"{strange[0]} does not hold the facts of {into}. Read it into a database of its own.")
    return all_places([])[into]


async def brought(url: str, bootstrap: str, topics: Sequence[str], restored: Restored) -> None:
    own = await asyncpg.connect(url, server_settings={"application_name": "philo-replay"}, timeout=10)
    try:
        await reserve(own)
        async for found in records(bootstrap, topics):
            await lay_down(own, found, restored)
        await restore(own, await erasures(bootstrap, topics[0].rpartition(".")[0]), restored)
    finally:
        await own.close()


async def erasures(bootstrap: str, prefix: str) -> dict[str, datetime]:
    """Who was erased, and when. Kafka keeps that for as long as it keeps anything that was said of them before."""
    gone = {}
    async for found in records(bootstrap, [topic(prefix, UserErased.source)]):
        for one in found:
            if one.envelope and one.envelope.type == UserErased.__name__:
                gone[one.envelope.correlationid] = one.envelope.time
    return gone


def show(console: Console, restored: Restored) -> None:
    console.print(
        f"{restored.facts:,} facts of {restored.records:,} records are in the store, in the order of their streams."
    )
    told = {
        "came twice": restored.twice,
        "of somebody erased": restored.erased,
        "unreadable": len(restored.unreadable),
        "said otherwise before": len(restored.otherwise),
    }
    for words, number in told.items():
        if number:
            console.print(f"  {number:,} left out: {words}")
    for line in (*restored.unreadable[:SHOWN], *restored.otherwise[:SHOWN]):
        console.print(Text(visible(f"    {line}")), soft_wrap=True)
    show_gaps(console, restored.gaps)


def show_gaps(console: Console, gaps: Sequence[Gap]) -> None:
    old = [gap for gap in gaps if gap.first == 1]
    if old:
        console.print(f"  {len(old):,} streams have lost their beginning, which Kafka has forgotten")
    if lost := len(gaps) - len(old):
        console.print(Text(f"  {lost:,} gaps in the middle of streams", "red"))
    for gap in sorted(gaps, key=lambda gap: gap.first == 1)[:SHOWN]:
        console.print(Text(visible(f"    {gap.stream}: {gap.first} to {gap.last}")), soft_wrap=True)
