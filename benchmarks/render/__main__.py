"""`make bench-render`: the same film by everyone, then Philo alone; the page is rewritten with what was found."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from benchmarks.render import machine, report
from benchmarks.render.contest import ALONE, CRF, PEERS, held
from benchmarks.render.findings import Findings
from benchmarks.render.inputs import prepare
from benchmarks.render.job import LINES, Job
from benchmarks.render.measure import Cost, measured
from benchmarks.render.quality import equal

SCENES_A_MINUTE = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="A short try: printed, not written.")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory(prefix="philo-bench-") as folder:
        job = prepare(Path(folder), 2 if quick else len(LINES))
        told = report.text(job, found(job, quick=quick))
    print(told)
    if not quick:
        report.write(told)


def found(job: Job, *, quick: bool) -> Findings:
    """Everything, one after the other."""
    began, described, every = time.perf_counter(), machine.described(), 60 if quick else 36
    results = held(job, (*PEERS, *ALONE), every, quick=quick)
    alike = equal(job, results, every)
    stages = {kind: _said("stages", job, CRF, kind) for kind in ("flat", "deep")}
    wanted = ((0.2, 1), (0.2, 2), (0.4, 2)) if quick else ((1, 1), (1, 2), (2, 2), (5, 2), (10, 2))
    lengths = {(minutes, workers): _length(job, minutes, workers) for minutes, workers in wanted}
    edits = _alone("edit", job, 4 if quick else 12, 2)
    took = (time.perf_counter() - began) / 60
    return Findings(described, took, results, alike, stages, lengths, edits)


def _said(module: str, job: Job, *tail: object) -> dict[str, float]:
    return measured(f"benchmarks.render.{module}", job.folder, job.folder / "stages.mp4", job.shots, *tail).said


def _length(job: Job, minutes: float, workers: int) -> Cost:
    cost = _alone("length", job, round(minutes * SCENES_A_MINUTE), workers)
    print(f"{minutes} minutes, {workers} workers: {cost.wall:.1f} s", flush=True)
    return cost


def _alone(what: str, job: Job, scenes: int, workers: int) -> Cost:
    return measured("benchmarks.render.alone", what, job.folder, job.shots, CRF, scenes, workers)


if __name__ == "__main__":
    main()
