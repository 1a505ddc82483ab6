"""The log files of a stack: one a part, bounded in size."""

import os
from collections import deque
from pathlib import Path

LARGEST = 8 * 2**20  # bytes; the part before is kept once, as `<name>.log.1`


def tail(path: Path, lines: int = 12, since: int = 0) -> list[str]:
    """The last lines of a log, of those written after the byte `since`; none where there is no log."""
    if not path.exists():
        return []
    with path.open(errors="replace") as file:
        file.seek(since)
        return [line.rstrip("\n") for line in deque(file, lines)]


def bound(path: Path, largest: int = LARGEST) -> None:
    """Move what a log holds aside once it is too large.

    The writers hold the file open for appending and go on with an empty one. They write past the supervisor, so that a
    log survives it; the price is that what is written during the copy may be lost.
    """
    if not path.exists() or path.stat().st_size <= largest:
        return
    with path.open("rb+") as file:
        file.seek(-min(largest, path.stat().st_size), os.SEEK_END)
        path.with_name(f"{path.name}.1").write_bytes(file.read())
        file.truncate(0)


class Follower:
    """Reads what is added to a log after now, and begins again when it was moved aside."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seen = path.stat().st_size
        self._rest = ""

    def added(self) -> list[str]:
        """The whole lines that came since the last call."""
        with self.path.open(errors="replace") as file:
            file.seek(self._seen if self._seen <= self.path.stat().st_size else 0)
            text = self._rest + file.read()
            self._seen = file.tell()
        *lines, self._rest = text.split("\n")
        return lines
