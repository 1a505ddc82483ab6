"""The adapter to Philo's render: all that this benchmark knows of the film engine's own calls.

Children draw runs of chunks and report each, another joins them with the mixed sound: as the service does, with a
dict in the object store's place.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.render.exact import Look, Seen
from benchmarks.render.job import CROSS, FPS, HEIGHT, SHOT, WIDTH, ZOOM, Job, Subtitle, start_of
from philo_kernel.children import Children
from philo_kernel.limits import Limits, minutes
from philo_render import crew, film
from philo_render.film import Chunk, Format, Material, Sources, encode
from philo_render.film import join as joining
from philo_render.film.camera import PUSH, Camera, smooth, view
from philo_render.film.chunk import Shot, Transition
from philo_render.film.cues import Cue
from philo_render.film.dividing import divided
from philo_render.film.reel import SLIDE
from philo_render.film.words import CueWord
from philo_render.tasks.shooting import RUN

CRF = "PHILO_BENCH_CRF"
LIMITS = Limits(minutes(30), minutes(32))
FORMAT = Format(width=WIDTH, height=HEIGHT, fps=FPS)
CAMERA = Camera(scale=1.0, zoom=ZOOM)
"""The peers' zoom."""
MOVES = {"deep": PUSH}
"""Depth shows under a move of Philo's own; from a scale of 1 nothing could travel."""

Scene = tuple[Chunk, ...]


@dataclass(frozen=True)
class Production:
    """A film as its service gets it: planned scenes, the objects they are filmed from, voices and music as files."""

    scenes: tuple[Scene, ...]
    sources: Sources
    voices: tuple[tuple[float, Path], ...]
    music: Path
    store: dict[str, bytes] = field(default_factory=dict)

    @property
    def chunks(self) -> tuple[Chunk, ...]:
        return tuple(chunk for scene in self.scenes for chunk in scene)


def prepare() -> None:
    """A child of the service, that encodes as this benchmark wants it (Philo's own crf is better than its peers')."""
    crew.prepare()
    wanted, own = os.environ[CRF], encode.options

    def options(format_: Format) -> dict[str, str]:
        return own(format_) | {"crf": wanted}

    encode.options = joining.options = options  # type: ignore[attr-defined]


async def produce(children: Children, production: Production, out: Path) -> None:
    """Draw the chunks that are not in the store, join all of them."""

    def hear(news: int | crew.Drawn) -> None:
        if isinstance(news, crew.Drawn):
            production.store[news.key] = news.body

    async with asyncio.TaskGroup() as group:
        sound = group.create_task(mixed(children, production))
        for scene in production.scenes:
            missing = [chunk for chunk in scene if chunk.key not in production.store]
            for start in range(0, len(missing), RUN):
                run = missing[start : start + RUN]
                wanted = {material.key for chunk in run for material in chunk.materials}
                sources = {key: production.sources[key] for key in wanted}
                group.create_task(children.run(crew.shoot, run, sources, limits=LIMITS, progress=hear))
    bodies = [production.store[chunk.key] for chunk in production.chunks]
    await children.run(finish, bodies, sound.result(), production.chunks[0].format, out, limits=LIMITS)


async def mixed(children: Children, production: Production) -> bytes:
    """The encoded sound, made while pictures are drawn; the same voices over the same music are mixed already."""
    chunks = production.chunks
    samples = sum(chunk.frames for chunk in chunks) * film.RATE // chunks[0].format.fps
    key = repr((production.voices, production.music, samples))
    if key not in production.store:
        parts = (production.voices, production.music, samples)
        production.store[key] = await children.run(mix, *parts, limits=LIMITS)
    return production.store[key]


def mix(voices: Sequence[tuple[float, Path]], music: Path, samples: int) -> bytes:
    """Mix and encode the film's sound, in a child."""
    spoken = [film.Voice(start, path) for start, path in voices]
    with tempfile.TemporaryDirectory() as folder, film.mix(spoken, music, samples / film.RATE) as sound:
        path = Path(folder) / "sound"
        film.keep(film.encoding(sound.blocks(), samples), samples, path)
        return path.read_bytes()


def finish(bodies: Sequence[bytes], sound: bytes, format_: Format, out: Path) -> None:
    """Join the chunks, in a child."""
    kept = out.with_suffix(".sound")
    kept.write_bytes(sound)
    film.join(bodies, film.EncodedSound(kept).packets(), out, format_)
    kept.unlink()


def production(job: Job, kind: str) -> Production:
    """The job in Philo's terms.

    `kind` is flat (plain subtitles), lit (the spoken word shines) or deep (and near things move before far ones).
    """
    scenes = tuple(divided(_scene(job, shot, kind)) for shot in range(job.shots))
    sources = {path.name: path.read_bytes() for path in (job.layers if kind == "deep" else job.pictures)}
    return Production(scenes, sources, ((0.0, job.voice),), job.music)


def _scene(job: Job, shot: int, kind: str) -> Chunk:
    last = shot == job.shots - 1
    return Chunk(
        format=FORMAT,
        frames=SHOT if last else SHOT - CROSS,
        shots=(_shot(job, shot, 0, kind),),
        transition=Transition(frames=CROSS, outgoing=_shot(job, shot - 1, CROSS - SHOT, kind)) if shot else None,
        cues=tuple(_cue(subtitle, start_of(shot)) for subtitle in job.subtitles[2 * shot : 2 * shot + 2]),
        highlight="none" if kind == "flat" else "word",
    )


def _shot(job: Job, shot: int, first: int, kind: str) -> Shot:
    flat, deep = job.pictures[shot].name, job.layers[shot].name
    material = Material(key=deep, kind="layers") if kind == "deep" else Material(key=flat)
    return Shot(material=material, camera=MOVES.get(kind, CAMERA), first_frame=first, frames=SHOT)


def _cue(subtitle: Subtitle, origin: int) -> Cue:
    """Its words one after the other; Chinese characters are words."""
    spaced = " " in subtitle.text
    words = subtitle.text.split() if spaced else list(subtitle.text)
    length = (subtitle.end - subtitle.start) / len(words)
    line = tuple(
        CueWord(text=text, start=nth * length, end=(nth + 0.9) * length, space=spaced) for nth, text in enumerate(words)
    )
    first, end = (round(second * FPS) - origin for second in (subtitle.start, subtitle.end))
    return Cue(first_frame=first, end_frame=end, lines=(line,))


def look(job: Job, frame: int) -> Look:
    """What Philo's flat film means to show: its camera, its eased crossfade in which both pictures drift."""
    shot = min(frame // (SHOT - CROSS), job.shots - 1)
    inside = frame - start_of(shot)
    if not shot or inside >= CROSS:
        return Look(_seen(job, shot, inside, 0.0))
    share = smooth((inside + 1) / (CROSS + 1))
    former = _seen(job, shot - 1, SHOT - CROSS + inside, -SLIDE * share)
    return Look(_seen(job, shot, inside, SLIDE * (1 - share)), former, share)


def _seen(job: Job, shot: int, frame: int, slide: float) -> Seen:
    return Seen(job.pictures[shot], *view(CAMERA, frame / (SHOT - 1), frame / FPS, slide))
