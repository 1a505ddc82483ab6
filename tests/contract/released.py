"""What releases have left behind: tables, rows and statements of each service, as `freeze_release` kept them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from philo_contracts.topics import SERVICES
from philo_kernel import migrate

FOLDER = Path(__file__).parent / "releases"
KERNEL = Path(migrate.__file__).parent / "migrations" / "versions"


@dataclass(frozen=True)
class Revisions:
    """How far a database was migrated, and the migrations that the release had, with the digests of their files."""

    own: str
    kernel: str
    files: dict[str, str]

    def write(self, folder: Path) -> None:
        (folder / "revisions.json").write_text(json.dumps(asdict(self), indent=1) + "\n")


@dataclass(frozen=True)
class Released:
    """One service of one release."""

    version: str
    service: str

    def __str__(self) -> str:
        return f"{self.service}-{self.version}"

    @property
    def folder(self) -> Path:
        return FOLDER / self.version / self.service

    @property
    def schema(self) -> str:
        return (self.folder / "schema.sql").read_text()

    @property
    def rows(self) -> str:
        return (self.folder / "rows.sql").read_text()

    @property
    def statements(self) -> list[str]:
        """All that its code sent, each once, with `$1` for what was filled in."""
        return [one for one in (self.folder / "statements.sql").read_text().split(";\n-- next\n") if one]

    @property
    def revisions(self) -> Revisions:
        return Revisions(**json.loads((self.folder / "revisions.json").read_text()))


def versions() -> list[str]:
    """All releases, the oldest first."""
    return sorted((path.name for path in FOLDER.iterdir() if path.is_dir()), key=numbers)


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def released(version: str | None = None) -> Iterator[Released]:
    """Each service of each release, or of one."""
    for one in versions() if version is None else [version]:
        for service in SERVICES:
            yield Released(one, service)


def migration_sums(service: str) -> dict[str, str]:
    """The digest of each migration that a service has today, its own and the kernel's, by file name."""
    return {
        f"{kind}/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest()
        for kind, folder in (("own", migrate.migrations_of(service)), ("kernel", KERNEL))
        for path in sorted(folder.glob("*.py"))
    }
