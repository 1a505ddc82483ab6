"""A job is asked for in one fact, and that has to fit into one message."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from philo_kernel.http.problems import Unprocessable
from philo_kernel.store import FactTooLarge

TOO_MUCH = (
    "All that was written for this film is more than one job can hold. Shorten its scenes, its metadata or its "
    "pronunciations, and leave out control characters, which take six bytes each."
)


@contextmanager
def in_one_message() -> Iterator[None]:
    """Around a unit that asks for a job. Raises `Unprocessable` for one that no message can carry."""
    try:
        yield
    except FactTooLarge as error:
        raise Unprocessable(TOO_MUCH) from error
