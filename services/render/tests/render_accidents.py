"""What can happen to a child at work. Children import it by name."""

import os
import resource
import signal
import time

SMALL = 40_000
"""Bytes: less than any film."""


def little_room() -> None:
    """No file of this process may grow beyond some bytes, as on a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, resource.RLIM_INFINITY))


def broken(*_: object) -> None:
    raise ValueError("broken")


def killed(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def endless(*_: object) -> None:
    time.sleep(60)
