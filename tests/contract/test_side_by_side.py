"""Two versions of a service run side by side while the newer one is rolled out: what it notes is read by the older one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import philo_kernel
from philo_contracts.job import Job, SceneState
from philo_contracts.topics import SERVICES
from philo_kernel.dead_letters import DeadLetter

ROOTS = [
    Path(philo_kernel.__file__).parent,
    *(Path(__import__(f"philo_{name}").__file__ or "").parent for name in SERVICES),
]
EVERYTHING = re.compile(r"select\s+\*\s+from\s+(?!unnest)\w|returning\s+\*", re.IGNORECASE)
ANYTHING: Any = {"metadata": True, "config": {"pronunciations"}}
"""Here users may name whatever they like."""
BY_NAME = {"dead_letters.py", "letterbox.py", "story_reading.py", "retrying.py"}
"""Here all columns are fetched, and read by their names."""


def newer(value: Any) -> Any:
    """As a later version might have written it: with one more thing in every object."""
    if isinstance(value, dict):
        return {name: newer(one) for name, one in value.items()} | {"newer": {"than": "us"}}
    return [newer(one) for one in value] if isinstance(value, list) else value


@pytest.fixture
def job() -> dict[str, Any]:
    said = {"title": "One", "narration": "Words.", "visual_prompt": "a sea", "mood": "calm", "language": "en"}
    whole = Job(id="a", user_id="ada", scenes=(SceneState(id="s01", index=0, revision=1, **said),))
    found: dict[str, Any] = whole.model_dump(mode="json", exclude=ANYTHING)
    return found


def test_a_job_that_a_newer_version_has_noted_is_read(job: dict[str, Any]) -> None:
    assert Job.stored(json.dumps(newer(job))) == Job.stored(newer(job)) == Job.stored(job)


def test_columns_that_are_newer_do_not_come_into_a_row() -> None:
    """Code names what it reads, so that a column which is added while it runs changes nothing for it."""
    found = {
        f"{path.name}:{number}"
        for root in ROOTS
        for path in root.rglob("*.py")
        if path.name not in BY_NAME and "migrations" not in path.parts
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if EVERYTHING.search(line) and "insert into" not in line
    }
    assert found == set()


def test_a_letter_is_read_by_the_names_of_its_columns() -> None:
    row = dict.fromkeys(DeadLetter.__dataclass_fields__) | {"headers": "{}", "value": b"", "newer": 1}
    assert DeadLetter.of(row).headers == {}
