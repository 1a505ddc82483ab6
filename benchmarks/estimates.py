"""How near estimates come to what the planner of scenes makes of a text: `python -m benchmarks.estimates TEXT…`."""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

from philo_analysis.extractive import ExtractiveReader
from philo_analysis.reading import ReadingRequest
from philo_contracts.shapes import VideoConfig
from philo_gateway.jobs.shapes import JobRequest
from philo_gateway.money.rates import heard, lasting
from philo_gateway.money.treasury import Treasury

SCRIPTS = sorted(Path(__file__).parent.parent.glob("cli/philo/scripts/*.txt"))


def main() -> None:
    treasury, config = Treasury(), VideoConfig()
    for path in map(Path, sys.argv[1:] or map(str, SCRIPTS)):
        text = path.read_text(encoding="utf-8")
        scenes = asyncio.run(ExtractiveReader().read(ReadingRequest(text=text))).scenes
        film = lasting(sum(heard(scene.narration) for scene in scenes), len(scenes), config)
        began = time.perf_counter()
        told = treasury.of_wish(JobRequest(script=text))
        took = (time.perf_counter() - began) * 1000
        print(
            f"{path.name}: {told.scenes} scenes for {len(scenes)}, {told.duration:.0f} s for {film:.0f}, first scene after"
            f" {told.pace.first_scene} s, film after {told.pace.whole} s; estimated in {took:.1f} ms"
        )


if __name__ == "__main__":
    main()
