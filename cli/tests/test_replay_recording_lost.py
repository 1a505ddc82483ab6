"""A job that nobody can read any more is not recorded, and why is told in words: its key is lost, or somebody erased."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import asyncpg
import pytest

from philo.replay.record_reading import recorded
from philo.stack import Endpoints, Stack
from philo.stack.errors import StackError
from philo.testing_service import migrated_database
from philo_contracts.envelope import wrap
from philo_contracts.events import JobRequested
from philo_kernel import store

pytestmark = pytest.mark.stack


@dataclass
class Elsewhere(Stack):
    """A stack of which there is one database, with one job in it."""

    servers: Endpoints
    url: str

    def __post_init__(self) -> None:
        super().__init__(Path("/nonexistent"))

    def endpoints(self) -> Endpoints:
        return replace(self.servers, databases={"gateway": self.url})


@pytest.fixture
def stack(servers: Endpoints) -> Iterator[Stack]:
    with migrated_database(servers, "gateway") as url:
        yield Elsewhere(servers, url)


async def asked_for(stack: Stack, then: str) -> None:
    """Somebody asks for a film, and then something happens to their key."""
    connection = await asyncpg.connect(stack.endpoints().databases["gateway"])
    try:
        fact = JobRequested(job="one", user="ada", script="Words.")
        await store.append(connection, [wrap(fact, source="gateway", stream="job/one", version=1, tenant="ada")])
        await connection.execute(then)
    finally:
        await connection.close()


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("delete from data_key", "The key of fact .* is lost: bring back its row of `data_key` from a backup"),
        ("update data_key set secret = null, erased_at = now()", "has deleted their account"),
    ],
    ids=["a lost key", "an erased person"],
)
async def test_a_job_that_nobody_can_read_is_told_in_words(stack, then, words):
    await asked_for(stack, then)
    with pytest.raises(StackError, match=words):
        await recorded(stack, "one")
