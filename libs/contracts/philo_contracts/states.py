"""The states of a job, told and drawn from the one table of transitions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from philo_contracts.events import Event, JobRequested
from philo_contracts.evolution import TRANSITIONS
from philo_contracts.job import Status

MEANING = {
    Status.PENDING: "it is being accepted",
    Status.QUEUED: "it waits for its turn",
    Status.MODERATING: "its words are being checked",
    Status.PROCESSING: "it is being made",
    Status.COMPLETED: "it is done",
    Status.MODERATION_FAILED: "its words may not be used, or could not be checked",
    Status.FAILED: "it broke, and may be retried",
    Status.CANCELLED: "nobody wants it any more",
}


class Way(NamedTuple):
    """One step that a job can take, and the fact that takes it."""

    start: Status
    end: Status
    fact: str


def ways() -> list[Way]:
    """Every step there is, in the order of the states."""
    order = list(Status)
    found = [Way(start, end, fact.__name__) for fact, (starts, end) in TRANSITIONS.items() for start in starts]
    return sorted(found, key=lambda way: (order.index(way.start), order.index(way.end), way.fact))


def told() -> str:
    """The states and where each leads, as the description of a field."""
    lines = (f"- `{state.value}`: {MEANING[state]}{leads_to(state)}" for state in Status)
    return "The state of a job. Nothing else can follow than what is said here.\n" + "\n".join(lines)


def leads_to(state: Status) -> str:
    ends = dict.fromkeys(way.end.value for way in ways() if way.start is state)
    return f"; then {' or '.join(f'`{end}`' for end in ends)}." if ends else "; this is final."


def moves(fact: type[Event]) -> str | None:
    """Where a fact leads a job, in words; None for one that leads nowhere."""
    if fact is JobRequested:
        return f"A job begins: {Status.PENDING.value}."
    if fact not in TRANSITIONS:
        return None
    starts = [way.start.value for way in ways() if way.fact == fact.__name__]
    return f"Leads a job from {' or '.join(starts)} to {TRANSITIONS[fact][1].value}."


def page() -> str:
    """`docs/job-states.md`."""
    rows = (f"| `{way.start.value}` | `{way.fact}` | `{way.end.value}` |" for way in ways())
    return "\n".join([*HEAD, *drawn(), "```", *TABLE, *rows, *TAIL, ""])


def drawn() -> Iterator[str]:
    yield f"    [*] --> {Status.PENDING.value}: {JobRequested.__name__}"
    yield from (f"    {way.start.value} --> {way.end.value}: {way.fact}" for way in ways())
    yield from (f"    {state.value} --> [*]" for state in Status if not any(way.start is state for way in ways()))


HEAD = [
    "# The states of a job",
    "",
    "Drawn from `TRANSITIONS` in `libs/contracts/philo_contracts/evolution.py` by `make documents`. From the same table",
    "come the code that folds a job, the descriptions in `openapi.json` and `asyncapi.json`, and the pairs that gateway's",
    "database lets a row of `job` go through.",
    "",
    "```mermaid",
    "stateDiagram-v2",
]
TABLE = ["", "| from | by | to |", "| --- | --- | --- |"]
TAIL = [
    "",
    "Every step is a fact in the job's stream, with its time and its cause; `GET /api/v1/jobs/{id}/history` tells them.",
]
