"""Who makes the film, and what each of them costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.render import philo
from benchmarks.render.exact import Look
from benchmarks.render.job import Job
from benchmarks.render.likeness import likeness
from benchmarks.render.measure import Cost, measured, middle
from benchmarks.render.peers import looks

CRF = 23

Looks = Callable[[Job, int], Look]


@dataclass(frozen=True)
class Contender:
    """`wants` and `matrix` say which exact frames its film is held against; None where it has no frames of its own."""

    name: str
    module: str
    tail: tuple[object, ...] = ()
    rounds: int = 1
    wants: Looks | None = None
    matrix: str = "bt709"

    def film(self, job: Job, crf: int) -> Path:
        return job.folder / f"{self.name}-{crf}.mp4"

    def run(self, job: Job, crf: int = CRF) -> Cost:
        """A process of its own, start to end."""
        module = f"benchmarks.render.peers.{self.module}"
        return measured(module, job.folder, self.film(job, crf), job.shots, crf, *self.tail)

    def likeness(self, job: Job, every: int, crf: int = CRF) -> float | None:
        if self.wants is None:
            return None
        return likeness(self.film(job, crf), partial(self.wants, job), self.matrix, every)


@dataclass(frozen=True)
class Result:
    """`size` in bytes, `ssim` against its own exact frames."""

    cost: Cost
    size: int
    ssim: float | None = None


ONE = Contender("philo-1", "philo_film", (1, "flat"), 2)  # its file is that of two workers, to the byte
TWO = Contender("philo-2", "philo_film", (2, "flat"), 2, philo.look)
BARE = Contender("x264", "bare", ("flat", "one", "two"), 2)
SMOOTH = Contender("ffmpeg-smooth", "ffmpeg_graph", ("smooth",), 1, looks.look)
PLAIN = Contender("ffmpeg-plain", "ffmpeg_graph", ("plain",), 1, looks.look)
MOVIEPY = Contender("moviepy", "moviepy_film", (), 1, looks.look, "bt601")
LIT = Contender("philo-lit", "philo_film", (2, "lit"))
DEEP = Contender("philo-deep", "philo_film", (2, "deep"))
DEEP_BARE = Contender("x264-deep", "bare", ("deep", "two"))

PEERS = (TWO, ONE, BARE, SMOOTH, PLAIN, MOVIEPY)
ALONE = (LIT, DEEP, DEEP_BARE)


def held(job: Job, contenders: Sequence[Contender], every: int, *, quick: bool) -> dict[str, Result]:
    """All of them in turn, round after round, so that a drift of the machine meets all alike."""
    costs: dict[str, list[Cost]] = {contender.name: [] for contender in contenders}
    for contender in _in_turn(contenders, 1 if quick else 2):
        costs[contender.name].append(contender.run(job))
        print(f"{contender.name}: {costs[contender.name][-1].wall:.1f} s", flush=True)
    return {c.name: _result(job, c, middle(costs[c.name]), every) for c in contenders}


def _in_turn(contenders: Sequence[Contender], rounds: int) -> Iterator[Contender]:
    for number in range(rounds):
        yield from (contender for contender in contenders if number < contender.rounds)


def _result(job: Job, contender: Contender, cost: Cost, every: int) -> Result:
    film = contender.film(job, CRF)
    return Result(cost, film.stat().st_size if film.exists() else 0, contender.likeness(job, every))
