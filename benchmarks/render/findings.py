"""All that a run found, and the goals it is held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.render.contest import Result
from benchmarks.render.measure import Cost
from benchmarks.render.quality import Equal


@dataclass(frozen=True)
class Goal:
    what: str
    asked: str
    measured: float
    met: bool
    form: str = ".2f"


@dataclass(frozen=True)
class Findings:
    """`stages` are seconds by kind and stage, `lengths` costs by minutes and workers."""

    machine: str
    minutes: float
    results: Mapping[str, Result]
    equal: Equal
    stages: Mapping[str, Mapping[str, float]]
    lengths: Mapping[tuple[float, int], Cost]
    edits: Cost

    def over_bare(self, philo: str, bare: str, streams: str) -> float:
        """Philo's whole job by x264's time for the same frames; `streams` is one (1 thread) or two (2 threads)."""
        return self._wall(philo) / self.results[bare].cost.said[f"{streams}_wall"]

    def cpu_over_bare(self, philo: str, bare: str, streams: str) -> float:
        """The same by CPU, which a busy machine troubles less."""
        return self.results[philo].cost.cpu / self.results[bare].cost.said[f"{streams}_cpu"]

    def goals(self) -> tuple[Goal, ...]:
        said = self.edits.said
        largest = max(
            *(self.results[name].cost.largest for name in ("philo-1", "philo-2", "philo-deep")),
            *(cost.largest for cost in self.lengths.values()),
        )
        return (
            _most("flat, whole job ÷ x264 alone, 1 worker", 1.12, self.over_bare("philo-1", "x264", "one")),
            _most("flat, whole job ÷ x264 alone, 2 workers", 1.12, self.over_bare("philo-2", "x264", "two")),
            _most("depth, life, shining words ÷ x264", 1.45, self.over_bare("philo-deep", "x264-deep", "two")),
            _least("MoviePy's time ÷ Philo's, 2 workers", 10.0, self._wall("moviepy") / self._wall("philo-2")),
            _least(
                "smooth ffmpeg's time ÷ Philo's, 2 workers", 1.5, self._wall("ffmpeg-smooth") / self._wall("philo-2")
            ),
            _least("1 worker's time ÷ 2 workers', five scenes", 1.8, self._wall("philo-1") / self._wall("philo-2")),
            _least(f"1 worker's time ÷ 2 workers', ten scenes a minute, {self._paired():g} min", 1.8, self._scaling()),
            _most("one scene of twelve edited ÷ whole film", 0.1, said["edit"] / said["full"]),
            _most("the same film again ÷ whole film", 0.05, said["again"] / said["full"]),
            Goal("largest process, MB", "< 600", largest / 2**20, largest < 600 * 2**20, ".0f"),
        )

    def _paired(self) -> float:
        """The length, in minutes, of the film that one worker made as well."""
        return next(minutes for minutes, workers in self.lengths if workers == 1)

    def _scaling(self) -> float:
        minutes = self._paired()
        return self.lengths[minutes, 1].wall / self.lengths[minutes, 2].wall

    def _wall(self, name: str) -> float:
        return self.results[name].cost.wall


def _most(what: str, limit: float, measured: float) -> Goal:
    return Goal(what, f"≤ {limit:g}", measured, measured <= limit, ".2f" if limit > 1 else ".3f")


def _least(what: str, limit: float, measured: float) -> Goal:
    return Goal(what, f"≥ {limit:g}", measured, measured >= limit)
