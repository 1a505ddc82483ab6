"""The folder a stack lives in: where its data, logs and notes are, and the locks that guard them."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from philo.stack.errors import DiskFull

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

ROOM_NEEDED = 512 * 2**20  # bytes: Kafka and PostgreSQL preallocate some 100 MB, the rest is for a first film


@dataclass(frozen=True)
class Home:
    """Paths under `.philo/` (or `PHILO_HOME`)."""

    root: Path

    @classmethod
    def default(cls) -> "Home":
        return cls(Path(os.environ.get("PHILO_HOME") or ".philo").absolute())

    def data(self, name: str) -> Path:
        return self.root / "data" / name

    def log(self, name: str) -> Path:
        return self.root / "logs" / f"{name}.log"

    @property
    def record(self) -> Path:
        """Ports and generated secrets."""
        return self.root / "stack.json"

    @property
    def wanted(self) -> Path:
        """What the last `up` asked for."""
        return self.root / "wanted.json"

    @property
    def status(self) -> Path:
        """What the supervisor last saw."""
        return self.root / "status.json"

    @property
    def up_lock(self) -> Path:
        """Held by `up` from its first look to its answer: two at once wait for each other."""
        return self.root / "up.lock"

    @property
    def supervisor_lock(self) -> Path:
        """Held by the living supervisor, its pid inside. The system lets go of it however the supervisor ends."""
        return self.root / "supervisor.lock"

    def create(self) -> None:
        """Make the folders, private to their owner.

        Raises:
            DiskFull: less than `ROOM_NEEDED` bytes are free.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        self.root.chmod(0o700)
        for folder in ("data", "logs"):
            (self.root / folder).mkdir(exist_ok=True)
        free = shutil.disk_usage(self.root).free
        if free < ROOM_NEEDED:
            raise DiskFull(self.root, free, ROOM_NEEDED)


def cache() -> Path:
    """What all stacks of a user have together."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "philo"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold an exclusive lock on `path`, waiting for it."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def is_locked(path: Path) -> bool:
    """Whether some living process holds `path` exclusively."""
    return not _can_have(path, fcntl.LOCK_SH)


def is_abandoned(path: Path) -> bool:
    """Whether no living process holds `path`, not even shared."""
    return _can_have(path, fcntl.LOCK_EX)


def _can_have(path: Path, kind: int) -> bool:
    if not path.exists():
        return True
    with path.open("a") as file:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def write_json(path: Path, content: object) -> None:
    """Replace `path` in one step, readable by its owner alone: a reader sees the old text or the new one."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(content, file, indent=1)
    draft.replace(path)


def known_fields(kind: "type[DataclassInstance]", content: dict[str, Any]) -> dict[str, Any]:
    """What `kind` has room for: notes of another version may hold more, and must not stop a start."""
    return {field.name: content[field.name] for field in fields(kind) if field.name in content}


def read_json(path: Path) -> Any:  # noqa: ANN401 - what was written; each reader gives it its shape
    """The content of `path`, or None where there is none."""
    return json.loads(path.read_text()) if path.exists() else None
