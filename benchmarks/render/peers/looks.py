"""What the peers' timeline asks of a frame: the job's zoom round the middle, and even crossfades."""

from __future__ import annotations

from benchmarks.render.exact import Look, Seen
from benchmarks.render.job import CROSS, SHOT, Job, enlargement, start_of


def look(job: Job, frame: int) -> Look:
    """The frame as both peers were told of it."""
    shot = min(frame // (SHOT - CROSS), job.shots - 1)
    inside = frame - start_of(shot)
    if shot and inside < CROSS:
        return Look(_seen(job, shot, inside), _seen(job, shot - 1, SHOT - CROSS + inside), inside / CROSS)
    return Look(_seen(job, shot, inside))


def _seen(job: Job, shot: int, frame: int) -> Seen:
    extent = 1 / enlargement(frame)
    return Seen(job.pictures[shot], (1 - extent) / 2, (1 - extent) / 2, extent)
