"""Which moment is meant, and how the job was then. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from philo.stack.errors import StackError
from philo_contracts.envelope import Envelope
from philo_contracts.evolution import ImpossibleTransition, fold
from philo_contracts.job import Job
from philo_contracts.upcasters import UnknownFact
from philo_kernel.replay.story import Moment, Story
from philo_kernel.replay.story_chapter import Chapter

UNREADABLE = (
    "{!r} is no moment. Say a version of the job (7), seconds after it was asked for (+12.5), or a time "
    "(2026-05-01T12:00:00Z)."
)


@dataclass(frozen=True)
class Then:
    """A moment: up to which place in the story, and in words."""

    number: int
    words: str


def then(story: Story, wish: str) -> Then:
    """What `--at` means. Raises `StackError` with the words that help."""
    if wish.isdecimal():
        return at_version(story, int(wish))
    at = time_in(story, wish)
    passed = [moment.number for moment in story.moments if moment.at <= at]
    if not passed:
        raise StackError(f"Nothing was said before {at.isoformat()}; the story begins at {began(story).isoformat()}.")
    return Then(passed[-1], f"at {at.isoformat(timespec='milliseconds')}")


def at_version(story: Story, version: int) -> Then:
    own = [moment for moment in story.moments if of_job(moment, story.job)]
    found = [moment for moment in own if moment.version == version]
    if not found:
        raise StackError(f"The job has {len(own)} versions that can be read; {version} is none of them.")
    return Then(found[0].number, f"after version {version}, {found[0].type}")


def time_in(story: Story, wish: str) -> datetime:
    try:
        if wish.startswith("+"):
            return began(story) + timedelta(seconds=float(wish))
        at = datetime.fromisoformat(wish)
    except (ValueError, OverflowError) as error:
        raise StackError(UNREADABLE.format(wish)) from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def began(story: Story) -> datetime:
    assert story.began_at is not None, "a story without a fact is not told"
    return story.began_at


def of_job(moment: Moment, job: str) -> bool:
    return moment.service == "gateway" and moment.stream == f"job/{job}"


def up_to(story: Story, number: int) -> Story:
    """The story as far as it had come; what waits and what is parked is of now, and left out."""
    return story.model_copy(update={"moments": story.moments[:number], "waiting": (), "parked": ()})


def state_at(story: Story, chapters: Sequence[Chapter], number: int) -> Job | None:
    """The job as it was then; None where its facts cannot be read, or do not follow from one another."""
    told = {moment.id for moment in story.moments[:number] if of_job(moment, story.job)}
    facts = [fact for one in chapters for fact in one.told if fact.id in told]
    envelopes = [fact.envelope for fact in sorted(facts, key=lambda fact: fact.version)]
    readable: list[Envelope] = [envelope for envelope in envelopes if envelope is not None]
    if not readable or len(readable) != len(envelopes):
        return None
    try:
        return fold(readable)
    except (ImpossibleTransition, UnknownFact):  # the story is told all the same, and --diff tells what is wrong
        return None
