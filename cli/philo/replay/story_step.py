"""Walking through a story in the terminal, key by key."""

from __future__ import annotations

import json
import sys
import termios
import tty
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from rich.columns import Columns
from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from philo.replay.story_moment import began, state_at
from philo.replay.story_state import state_of
from philo.replay.story_terminal import COLOURS, marks, seconds
from philo.replay.story_words import UNREADABLE, words
from philo.visible import visible
from philo_kernel.replay.story import Moment, Story
from philo_kernel.replay.story_chapter import Chapter

KEYS = "n next · p back · c its cause · e what it led to · d its data · g begin · G end · q leave"
AROUND = 3
BULK = 4_000
"""Characters of a fact's data that are shown."""


@dataclass(frozen=True)
class Place:
    """Where the walker stands, from 1, and whether the data of that fact is open."""

    number: int = 1
    open: bool = False


def step(place: Place, key: str, story: Story) -> Place | None:
    """Where a key leads; None to leave. Pure."""
    last, here = len(story.moments), story.moments[place.number - 1]
    effect = next((one.number for one in story.moments if one.because == here.number), here.number)
    ways = {
        "n": min(last, place.number + 1),
        "p": max(1, place.number - 1),
        "c": here.because or here.number,
        "e": effect,
        "g": 1,
        "G": last,
    }
    ways |= {" ": ways["n"], "j": ways["n"], "k": ways["p"]}
    if key in {"q", "\x03", "\x04", ""}:  # Ctrl-C and Ctrl-D arrive as they are
        return None
    if key == "d":
        return replace(place, open=not place.open)
    return replace(place, number=ways.get(key, place.number))


def walk(story: Story, chapters: Sequence[Chapter]) -> None:
    """Until they leave. The terminal is what it was afterwards."""
    console = Console(highlight=False)
    place: Place | None = Place()
    with console.screen(hide_cursor=True) as screen, keys_at_once():
        while place is not None:
            screen.update(view(story, chapters, place))
            place = step(place, sys.stdin.read(1), story)


@contextmanager
def keys_at_once() -> Iterator[None]:
    """Keys come as they are pressed, and are not repeated on the screen."""
    before = termios.tcgetattr(sys.stdin)
    tty.setcbreak(sys.stdin)
    try:
        yield
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


def view(story: Story, chapters: Sequence[Chapter], place: Place) -> RenderableType:
    moment = story.moments[place.number - 1]
    around = story.moments[max(0, place.number - 1 - AROUND) : place.number + AROUND]
    job = state_at(story, chapters, place.number)
    body: RenderableType = data_of(moment) if place.open else state_of(job)
    return Group(
        *(neighbour(one, story, here=one.number == place.number) for one in around),
        Text(),
        Panel(
            about(moment, story),
            title=f"#{moment.number} of {len(story.moments)}",
            border_style=COLOURS[moment.service],
        ),
        Panel(body, title="its data" if place.open else "the job then", border_style="bright_black"),
        Text(KEYS, "dim"),
    )


def neighbour(moment: Moment, story: Story, *, here: bool) -> Text:
    passed = (moment.at - began(story)).total_seconds()
    return Text.assemble(
        ("▸ " if here else "  ", "bold"),
        (f"{moment.number:>4} {passed:8.2f} s  ", "dim"),
        (f"{moment.service:<9}", COLOURS.get(moment.service, "")),
        (f" {words(moment)}", "bold" if here else "dim"),
        no_wrap=True,
        overflow="ellipsis",
    )


def about(moment: Moment, story: Story) -> RenderableType:
    cause = story.moments[moment.because - 1] if moment.because else None
    lines = [
        Text(words(moment), "bold"),
        Text(visible(f"{moment.type} · {moment.stream} · version {moment.version}"), "dim"),
    ]
    lines += [Text(visible(f"because of #{cause.number} {cause.type} by {cause.service}"))] if cause else []
    lines += (
        [Text(f"because of {moment.cause}, which is not in this story", "yellow")] if moment.cause and not cause else []
    )
    if moment.begun_at and moment.worked is not None:
        waited = f"waited {seconds(moment.waited)}, then " if moment.waited is not None else ""
        lines.append(Text(f"{waited}worked {seconds(moment.worked)}"))
    lines.append(Text(f"said at {moment.said_at.isoformat()}", "dim"))
    noted = [Text(mark, colour) for mark, colour in marks(moment)]
    return Group(*lines, Columns(noted)) if noted else Group(*lines)


def data_of(moment: Moment) -> Text:
    if moment.data is None:
        return Text("erased with its owner" if moment.erased else UNREADABLE, "dim italic")
    text = visible(json.dumps(moment.data, indent=1, ensure_ascii=False))
    return Text(
        text if len(text) <= BULK else f"{text[:BULK]}\n… {len(text) - BULK:,} characters more; --json has them"
    )
