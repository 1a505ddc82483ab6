"""How fast history is folded: 100,000 facts of jobs of five scenes, on one core, without any server.

Three figures: the fold alone, of envelopes in memory; with reading the envelopes from their JSON; and as a verification
has them, sealed in the event table. Run by `make bench-replay`; `--write` puts them into docs/benchmarks.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import time
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from philo_contracts.envelope import Envelope, wrap
from philo_contracts.events import (
    CostRecorded,
    Event,
    JobCompleted,
    JobModerating,
    JobPlanned,
    JobQueued,
    JobRequested,
    JobStarted,
    MusicAdded,
    PreviewGrew,
    SceneDrawn,
    ScenePainted,
    SceneProgressed,
    SceneVoiced,
)
from philo_contracts.evolution import fold
from philo_contracts.job import Status
from philo_contracts.shapes import Blob, Moderation, Picture, Scene
from philo_kernel.data_keys import opened, seal

FACTS = 100_000
SCENES = 5
TURNS = 3
GOAL = 20_000
"""Facts a second on one core, of the fold."""
PAGE = Path(__file__).parents[1] / "docs" / "benchmarks.md"
SECTION = re.compile(r"<!-- replay -->.*?<!-- /replay -->", re.DOTALL)
BLOB = Blob(key=f"pictures/ab/{'0' * 64}.png", size_bytes=123_456, media_type="image/png")
NARRATION = "A line of words that is long enough to be shown as a subtitle, and to be spoken for a few seconds."
Sealed = tuple[UUID, bytes]


def facts_of(job: str) -> Iterator[Event]:
    """A film from the request to its end, as gateway tells it."""
    scenes = tuple(
        Scene(id=f"s{index}", index=index, title=f"Scene {index}", narration=NARRATION, visual_prompt="a hill")
        for index in range(SCENES)
    )
    yield JobRequested(job=job, user="somebody", title="A film", script=NARRATION * SCENES)
    yield JobQueued(job=job)
    yield JobModerating(job=job)
    yield JobStarted(job=job, moderation=Moderation(score=0.01))
    yield JobPlanned(job=job, title="A film", language="en", scenes=scenes, provider="own")
    for scene in scenes:
        yield SceneVoiced(job=job, scene=scene.id, revision=1, duration=6.0, provider="own")
        yield ScenePainted(job=job, scene=scene.id, revision=1, shown=Picture(image=BLOB), provider="own")
    for scene in scenes:
        yield from (SceneProgressed(job=job, scene=scene.id, revision=1, done=done, total=180) for done in (60, 120))
        yield SceneDrawn(job=job, scene=scene.id, revision=1, duration=6.0)
        yield PreviewGrew(job=job, scene=scene.id, init=BLOB, part=BLOB, duration=6.0)
    yield MusicAdded(job=job, duration=30.0)
    film = {"video": BLOB, "poster": BLOB, "srt": BLOB, "vtt": BLOB}
    yield JobCompleted(job=job, duration=30.0, width=1280, height=720, fps=30, **film)
    yield CostRecorded(job=job, reserved=Decimal("0.1"), actual=Decimal("0.05"), released=Decimal("0.05"))


def stream_of(job: str) -> list[Envelope]:
    told = enumerate(facts_of(job), 1)
    return [wrap(fact, source="gateway", stream=f"job/{job}", version=version, tenant="u") for version, fact in told]


def history() -> list[list[Envelope]]:
    """As many jobs as make 100,000 facts, the last one cut off."""
    streams: list[list[Envelope]] = []
    left = FACTS
    while left:
        stream = stream_of(f"job-{len(streams)}")[:left]
        streams.append(stream)
        left -= len(stream)
    return streams


def rate(work: Callable[[], object]) -> float:
    """Facts a second of CPU: the best of some turns, for others are at work on this machine."""
    spent = []
    for _ in range(TURNS):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return FACTS / min(spent)


def folded(streams: Sequence[Sequence[Envelope]]) -> None:
    done = sum(fold(stream).status is Status.COMPLETED for stream in streams)
    assert done >= len(streams) - 1


def read(body: bytes) -> Envelope:
    return Envelope.model_validate_json(body)


def measured() -> dict[str, float]:
    streams = history()
    bodies = [[envelope.model_dump_json().encode() for envelope in stream] for stream in streams]
    secret = os.urandom(32)
    sealed: list[list[Sealed]] = [
        [(envelope.id, seal(secret, envelope.id, body)) for envelope, body in zip(*pair, strict=True)]
        for pair in zip(streams, bodies, strict=True)
    ]
    return {
        "the fold alone, of envelopes in memory": rate(lambda: folded(streams)),
        "with reading them from JSON": rate(lambda: folded([[read(body) for body in stream] for stream in bodies])),
        "with opening what is sealed, too": rate(
            lambda: folded([[read(opened(secret, *fact)) for fact in stream] for stream in sealed])
        ),
    }


def table(figures: dict[str, float]) -> str:
    rows = [f"| {words} | {figure:,.0f} | {1e6 / figure:.0f} |" for words, figure in figures.items()]
    return "\n".join(
        [
            "| of 100,000 facts of a job of five scenes | facts a second a core | µs a fact |",
            "| --- | --- | --- |",
            *rows,
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="Into docs/benchmarks.md.")
    wanted = parser.parse_args()
    figures = measured()
    told = table(figures)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores\n{told}")
    if wanted.write:
        text = f"<!-- replay -->\n{told}\n<!-- /replay -->"
        PAGE.write_text(SECTION.sub(lambda _: text, PAGE.read_text("utf-8")), "utf-8")
    if (fastest := max(figures.values())) < GOAL:
        raise SystemExit(f"{fastest:,.0f} facts a second are fewer than {GOAL:,}.")


if __name__ == "__main__":
    main()
