"""`philo replay job`: the whole story of a job over all services."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.text import Text

from philo.replay.places import Databases, places
from philo.replay.story_diff import shown as verdicts_shown
from philo.replay.story_html import page
from philo.replay.story_moment import Then, state_at, then, up_to
from philo.replay.story_state import state_of
from philo.replay.story_step import walk
from philo.replay.story_stores import lost, opened, read, verdicts
from philo.replay.story_terminal import told
from philo.stack.errors import StackError
from philo_contracts.job import Job
from philo_kernel.private_file import private_file
from philo_kernel.replay.forbidden import unreachable
from philo_kernel.replay.story import Story
from philo_kernel.replay.story_chapter import Chapter
from philo_kernel.replay.story_verdict import Verdict

Id = Annotated[str, typer.Argument(metavar="ID", help="The id of a job.")]
At = Annotated[str | None, typer.Option("--at", help="How it was then: a version (7), seconds (+12.5) or a time.")]
Diff = Annotated[bool, typer.Option("--diff", help="Hold what every service keeps of it against the facts.")]
Step = Annotated[bool, typer.Option("--step", help="Walk through it, key by key.")]
Html = Annotated[Path | None, typer.Option("--html", help="Write it as one file to share.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")]
Everything = Annotated[bool, typer.Option("--all", help="Tell news of progress too.")]


@dataclass(frozen=True)
class Looked:
    """What was read: the story, whose words it is made of, and how what is kept stands to it."""

    story: Story
    chapters: Sequence[Chapter]
    verdicts: Sequence[Verdict]

    @property
    def whole(self) -> int:
        return len(self.story.moments)


def job(
    number: Id,
    at: At = None,
    diff: Diff = False,
    step: Step = False,
    html: Html = None,
    as_json: AsJson = False,
    everything: Everything = False,
    database: Databases = None,
) -> None:
    """Tell the whole story of a job: who said what, when and why, over all services. Nothing is done by it.

    Services need not be up: their stores are read where they lie. With --diff it exits with 1 if anything differs.
    """
    if html and (at or step):
        raise StackError("--html holds the whole story, which can be walked through there: leave out --at and --step.")
    if step and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise StackError("--step walks by keys and needs a terminal. Leave it out, or say --json or --html FILE.")
    found = look(identified(number), database or [], diff=diff)
    moment = then(found.story, at) if at else None
    if html:
        written(html, page(found.story, state(found, None), found.verdicts if diff else None))
        Console(highlight=False).print(Text(f"The story lies in {html.absolute()}"), soft_wrap=True)
    elif as_json:
        typer.echo(as_object(found, moment, diff=diff))
    elif step:
        walk(found.story, found.chapters)
    else:
        show(Console(highlight=False), found, moment, diff=diff, everything=everything)
    if diff and any(verdict.standing in {"differs", "unreadable"} for verdict in found.verdicts):
        sys.exit(1)


def written(path: Path, story: str) -> None:
    """What people wrote is in it: whoever made it decides who reads it. Raises `StackError`."""
    try:
        with private_file(path) as file:
            file.write(story.encode())
    except OSError as error:
        raise StackError(
            f"{path} cannot be written: {error.strerror}. Say --html with a file in a folder of yours."
        ) from error


def identified(number: str) -> str:
    try:
        return str(UUID(number))
    except ValueError as error:
        raise StackError(f"{number!r} is no id of a job. `GET /api/v1/jobs` lists them.") from error


def look(number: str, database: Sequence[str], *, diff: bool) -> Looked:
    """Read all stores, where nothing but them can be reached."""
    urls = places(database)
    away = lost(urls)
    unknown = {one.service for one in away}

    async def reading() -> Looked:
        async with opened(urls, away) as stores:
            story, chapters = await read(stores, number)
            return Looked(story, chapters, await verdicts(stores, number, chapters) if diff else ())

    with unreachable(*(url for service, url in urls.items() if service not in unknown)):
        return asyncio.run(reading())


def state(found: Looked, moment: Then | None) -> Job | None:
    return state_at(found.story, found.chapters, moment.number if moment else found.whole)


def show(console: Console, found: Looked, moment: Then | None, *, diff: bool, everything: bool) -> None:
    job = state(found, moment)
    story = up_to(found.story, moment.number) if moment else found.story
    console.print(told(story, job, everything=everything))
    if moment:
        console.print(Text(f"\nThe job {moment.words}", "bold"))
        console.print(state_of(job))
    if diff:
        console.print(Text("\nWhat is kept, and what the facts say", "bold"))
        console.print(verdicts_shown(found.verdicts, found.story))


def as_object(found: Looked, moment: Then | None, *, diff: bool) -> str:
    story = up_to(found.story, moment.number) if moment else found.story
    job = state(found, moment)
    whole: dict[str, object] = {"story": story.model_dump(mode="json")}
    whole["state"] = job.model_dump(mode="json") if job else None
    if diff:
        whole["verdicts"] = [verdict.model_dump(mode="json") for verdict in found.verdicts]
    return json.dumps(whole, indent=2, ensure_ascii=False)
