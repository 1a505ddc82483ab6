"""What a file is called when somebody keeps it."""

from __future__ import annotations

from philo_contracts.job import Job
from philo_contracts.shapes import Blob

ENDINGS = {"video/mp4": ".mp4", "video/webm": ".webm", "image/gif": ".gif"}


def filename_of(job: Job, blob: Blob) -> str:
    """The film's title, and the ending of what it is."""
    return f"{job.title or job.id}{ENDINGS.get(blob.media_type, '')}"
