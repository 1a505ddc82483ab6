"""What the supervisor sees, written for everybody else to read."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum

from philo.stack.home import Home, known_fields, read_json, write_json


class State(StrEnum):
    WAITING = "waiting"  # for what it needs
    STARTING = "starting"
    READY = "ready"
    RESTARTING = "restarting"
    FAILED = "failed"  # it did not come up; it is tried again, ever more slowly
    STOPPED = "stopped"
    EXTERNAL = "external"  # a setting points at it; not ours to start


@dataclass
class Row:
    """One part of the stack. `started` is seconds since 1970; `start` is the same as the system notes it."""

    name: str
    state: State
    port: int | None = None
    pid: int | None = None
    start: float | None = None
    restarts: int = 0
    stop_signal: int = 15
    grace: float = 10.0
    trouble: str = ""


@dataclass
class Status:
    """All parts, for the request (`token`) that the supervisor works on; `failure` says why that cannot be met."""

    token: str = ""
    done: bool = False
    failure: str = ""
    rows: dict[str, Row] = field(default_factory=dict)

    def write(self, home: Home) -> None:
        write_json(home.status, asdict(self))


def load(home: Home) -> Status:
    """The last status; an empty one where no supervisor has ever run."""
    content = read_json(home.status)
    if content is None:
        return Status()
    rows = {
        name: Row(**known_fields(Row, row | {"state": State(row["state"])})) for name, row in content["rows"].items()
    }
    return Status(**known_fields(Status, content) | {"rows": rows})
