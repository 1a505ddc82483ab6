"""A story made up of a few facts, for what shows it."""

from datetime import UTC, datetime, timedelta
from functools import cache

from philo_contracts.envelope import wrap
from philo_contracts.events import AudioSynthesized, Event, JobQueued, JobRequested, SceneProgressed
from philo_contracts.shapes import Blob
from philo_kernel.replay.story import Away, Story, story_of
from philo_kernel.replay.story_chapter import Chapter, Parked, Told, Waiting

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
JOB = "0190a000-0000-7000-8000-000000000001"
EVIL = "<script>alert(1)</script>\"'&[red]"


def told(fact: Event, stream: str, version: int, after: float, because: Told | None = None, **more) -> Told:
    made = wrap(fact, source=fact.source, stream=stream, version=version, because=because.id if because else None)
    envelope = made.model_copy(update={"time": NOON + timedelta(seconds=after)})
    about = {"id": envelope.id, "type": envelope.type, "stream": stream, "version": version, "at": envelope.time}
    return Told(service=fact.source, position=version, envelope=envelope, **about | more)


def chapters(words: str = "Once upon a time.") -> list[Chapter]:
    return made(words)


@cache
def made(words: str) -> list[Chapter]:
    """Gateway asked, tts spoke; an order waits and a letter is parked."""
    asked = told(JobRequested(job=JOB, user="ada", script=words, title=words[:200]), f"job/{JOB}", 1, 0)
    queued = told(JobQueued(job=JOB), f"job/{JOB}", 2, 0.1)
    voice = AudioSynthesized(
        job=JOB,
        scene=words[:40],
        revision=1,
        audio=Blob(key="a", size_bytes=1, media_type="audio/flac"),
        duration=2.5,
        words=(),
        provider=words[:40],
        voice="x",
    )
    spoke = told(voice, f"speech/{JOB}/s1/1", 1, 4, asked, begun_at=NOON + timedelta(seconds=3), attempts=2)
    progress = told(SceneProgressed(job=JOB, scene="s1", revision=1, done=1, total=2), f"job/{JOB}", 3, 5, spoke)
    order = Waiting(service="render", task=words, state="waiting", ordered_at=NOON, scene=words, tries=1)
    letter = Parked(
        id="tts-7",
        service="tts",
        kind="task",
        type=words,
        handler="Compose",
        stream=None,
        error=words,
        attempts=1,
        at=NOON,
        trace_id=None,
        redriving=False,
    )
    return [
        Chapter(service="gateway", now=NOON + timedelta(seconds=9), told=(asked, queued, progress)),
        Chapter(service="tts", now=NOON + timedelta(seconds=9), told=(spoke,), parked=(letter,)),
        Chapter(service="render", now=NOON + timedelta(seconds=9), waiting=(order,)),
    ]


def a_story(words: str = "Once upon a time.") -> Story:
    return story_of(JOB, chapters(words), [Away(service="notify", why=words)])
