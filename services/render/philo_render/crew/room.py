"""A disk without room, in words."""

from __future__ import annotations

from pathlib import Path

from philo_kernel.work import Passing


def no_room(place: Path, error: OSError) -> Passing:
    words = (
        f"The film cannot be written to {place}: {error.strerror or error}. "
        "Free some room there, or set RENDER_SCRATCH to a folder that has some, and ask for the film again."
    )
    return Passing(words, "disk_not_writable")
