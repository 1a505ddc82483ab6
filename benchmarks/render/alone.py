"""Philo alone: films of some minutes, one scene of twelve edited, the same script again. Each is a command of its own.

Scenes take turns with the pictures that the contest has; Philo plans these films itself, with its own rhythm, moves,
title and end, at its usual 720p.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace

from benchmarks.render import philo
from benchmarks.render.inputs import murmur, scene, written
from benchmarks.render.job import Job
from philo_contracts.shapes import VideoConfig, Word
from philo_kernel.children import Children
from philo_render import film
from philo_render.film import Material, Narration

CONFIG = VideoConfig(resolution="720p")
WORD, PAUSE = 0.33, 0.2
"""Seconds a word, and after the last one: with the rhythm's own pauses a scene takes six seconds."""


def narration(job: Job, index: int, last: str = "") -> Narration:
    """A spoken scene; `last` is a word that an edit has put at its end."""
    told = scene(index)
    texts = [*told.narration.split(), *([last] if last else [])]
    words = tuple(Word(text=text, start=nth * WORD, end=(nth + 0.9) * WORD) for nth, text in enumerate(texts))
    picture = job.pictures[index % job.shots].name
    return Narration(scene=told, duration=words[-1].end + PAUSE, words=words, material=Material(key=picture))


def production(job: Job, narrations: Sequence[Narration]) -> philo.Production:
    timeline = film.plan(narrations, CONFIG, "Bench")
    voice = job.folder / "scene.wav"
    if not voice.exists():
        written(voice, murmur(5.0)[:, None])
    voices = tuple((start, voice) for start in timeline.voices.values())
    sources = {path.name: path.read_bytes() for path in job.pictures}
    return philo.Production(tuple(place.chunks for place in timeline.placed), sources, voices, job.music)


async def length(job: Job, scenes: int, workers: int) -> dict[str, float]:
    """One film, the processes included."""
    async with Children(workers, prepare=philo.prepare) as children:
        made = production(job, [narration(job, index) for index in range(scenes)])
        await philo.produce(children, made, job.folder / "length.mp4")
    return {"seconds": sum(chunk.frames for chunk in made.chunks) / CONFIG.fps}


async def edit(job: Job, scenes: int, workers: int) -> dict[str, float]:
    """The whole film, the film with one scene's last word changed, the same film again: in children that are warm."""
    script = [narration(job, index) for index in range(scenes)]
    edited = [*script]
    edited[scenes // 2] = narration(job, scenes // 2, "indeed.")
    store: dict[str, bytes] = {}
    async with Children(workers, prepare=philo.prepare) as children:
        warm = production(job, [narration(job, 0)])
        await philo.produce(children, warm, job.folder / "warm.mp4")
        seconds: dict[str, float] = {}
        for name, narrations in (("full", script), ("edit", edited), ("again", edited)):
            began, known = time.perf_counter(), len(store)
            made = replace(production(job, narrations), store=store)
            await philo.produce(children, made, job.folder / "edit.mp4")
            seconds |= {name: time.perf_counter() - began, f"{name}_chunks": len(store) - known}
    return seconds


COMMANDS: dict[str, Callable[[Job, int, int], Coroutine[None, None, dict[str, float]]]] = {
    "length": length,
    "edit": edit,
}


if __name__ == "__main__":
    os.environ[philo.CRF] = sys.argv[4]
    name, folder, shots, _, scenes, workers = sys.argv[1:]
    print(json.dumps(asyncio.run(COMMANDS[name](Job.told(folder, shots), int(scenes), int(workers)))))
