"""Where the CPU goes: one worker's whole job in this process, each moment counted to the innermost stage it is in."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from benchmarks.render import philo
from benchmarks.render.job import Job
from philo_render import film
from philo_render.film import Stock, draw, encode, scenery

IMPORTED = time.process_time()
"""Seconds that the interpreter and all imports took."""


class Stages:
    """Seconds of CPU by stage. A stage that is entered inside another takes its time away from that."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.open = ["other"]
        self.since = time.process_time()

    def __call__(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def inside(*args: Any, **kwargs: Any) -> Any:
            self._turn(lambda: self.open.append(stage))
            try:
                return function(*args, **kwargs)
            finally:
                self._turn(self.open.pop)

        return inside

    def _turn(self, change: Callable[[], object]) -> None:
        now = time.process_time()
        self.seconds[self.open[-1]] += now - self.since
        self.since = now
        change()


def watched(stages: Stages) -> None:
    """Put a clock round the engine's own functions."""
    scenery.decoded = stages("decode", scenery.decoded)
    scenery.made = stages("pack", scenery.made)
    draw.Painter.paint = stages("draw", draw.Painter.paint)  # type: ignore[method-assign]
    encode.Encoder.add = stages("x264", encode.Encoder.add)  # type: ignore[method-assign]
    encode.Encoder.finish = stages("x264", encode.Encoder.finish)  # type: ignore[method-assign]
    film.mix = stages("sound", film.mix)
    film.keep = stages("AAC", film.keep)
    film.Soundtrack.part = stages("sound", film.Soundtrack.part)  # type: ignore[method-assign]
    film.join = stages("join", film.join)


def main(job: Job, out: Path, kind: str) -> dict[str, float]:
    stages = Stages()
    watched(stages)
    production, stock = philo.production(job, kind), Stock()
    bodies = [film.draw_chunk(chunk, production.sources, stock=stock) for chunk in production.chunks]
    samples = sum(chunk.frames for chunk in production.chunks) * film.RATE // philo.FORMAT.fps
    sound = philo.mix(production.voices, production.music, samples)
    philo.finish(bodies, sound, philo.FORMAT, out)
    stages("other", lambda: None)()
    return {"imports": IMPORTED} | dict(stages.seconds)


if __name__ == "__main__":
    os.environ[philo.CRF] = sys.argv[4]
    philo.prepare()
    print(json.dumps(main(Job.told(sys.argv[1], sys.argv[3]), Path(sys.argv[2]), sys.argv[5])))
