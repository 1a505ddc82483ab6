"""How what services keep stands to the facts, in a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from philo.replay.story_terminal import service
from philo.replay.story_words import many
from philo.visible import visible
from philo_kernel.replay.story import Story
from philo_kernel.replay.story_difference import Difference
from philo_kernel.replay.story_verdict import Verdict

WIDEST = 100
MOST = 40
STANDINGS = {
    "same": ("● what the facts say", "green"),
    "behind": ("◐ behind", "yellow"),
    "differs": ("✗ differs", "bold red"),
    "erased": ("○ erased with its owner", "dim"),
    "unreadable": ("✗ a key is lost", "red"),
}


def shown(verdicts: Sequence[Verdict], story: Story) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    for verdict in verdicts:
        words, style = STANDINGS[verdict.standing]
        table.add_row(
            service(verdict.service),
            Text(visible(verdict.table)),
            Text(words, style),
            Text(beside(verdict, story), "dim"),
        )
    parts: list[RenderableType] = [table]
    for verdict in verdicts:
        if verdict.differences:
            parts += [
                Text(),
                Text.assemble(service(verdict.service), f"  {visible(verdict.table)}"),
                differing(verdict.differences),
            ]
    return Group(*parts)


def beside(verdict: Verdict, story: Story) -> str:
    """Of how many facts, and which of them have not arrived."""
    if verdict.standing != "behind":
        return many(verdict.facts, "fact")
    numbers = {moment.id: moment.number for moment in story.moments}
    names = ", ".join(f"#{numbers[one]}" for one in verdict.unheard[:6] if one in numbers)
    more = " …" if len(verdict.unheard) > 6 else ""
    parked = " Some of it is parked." if stopped(verdict, story) else ""
    return f"it has not heard {len(verdict.unheard)} of {verdict.facts} facts: {names}{more}.{parked}"


def stopped(verdict: Verdict, story: Story) -> bool:
    unheard = set(verdict.unheard)
    return any(letter.service == verdict.service and letter.event_id in unheard for letter in story.parked)


def differing(found: Sequence[Difference]) -> Table:
    table = Table(box=None, header_style="dim", pad_edge=False, padding=(0, 2, 0, 2))
    for heading in ("where", "stored", "the facts say"):
        table.add_column(heading, overflow="fold")
    for one in list(found)[:MOST]:
        table.add_row(*line(one))
    if len(found) > MOST:
        table.add_row(Text(f"and {len(found) - MOST} more", "dim"))
    return table


def line(one: Difference) -> Iterator[Text]:
    yield Text(visible(one.path or "/"), "bold")
    yield Text("nothing", "dim italic") if one.only == "folded" else Text(short(one.stored), "red")
    yield Text("nothing", "dim italic") if one.only == "stored" else Text(short(one.folded), "green")


def short(value: object) -> str:
    text = visible(json.dumps(value, ensure_ascii=False))
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"
