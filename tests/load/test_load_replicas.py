"""Replicas of notify die, and nobody who listens misses a message or hears one twice.

Five minutes of it: `python -m tests.load.reconnecting`.
"""

from pathlib import Path

import pytest

from philo.testing_service import migrated_database
from tests.load.reconnecting import Outcome, Profile, ordeal

pytestmark = pytest.mark.stack

SHORT = Profile(users=8, streams=3, rate=20, seconds=10, every=3, patience=60)


async def test_who_comes_back_by_id_to_any_replica_misses_nothing_and_hears_nothing_twice(servers, tmp_path: Path):
    with migrated_database(servers, "notify") as database:
        outcome: Outcome = await ordeal(servers, database, SHORT, tmp_path)
    assert (outcome.gaps, outcome.doubled, outcome.unheard) == ([], [], 0)
    assert outcome.kills >= 2
    assert outcome.returns >= 8
    assert outcome.heard > outcome.facts
