"""`philo doctor` over a whole stack: every look is taken, and a hello goes through all of it."""

from __future__ import annotations

import pytest

from philo.doctor.examine import examine
from philo.doctor.finding import Verdict
from philo.stack import Endpoints, Stack

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("e2e")]
WELL = {
    "postgres",
    "kafka",
    "valkey",
    "s3",
    "gateway",
    "auth",
    "tts",
    "notify",
    "topics",
    "consumers",
    "clocks",
    "hello",
}


async def test_a_stack_that_runs_is_well_and_says_hello(studio: Endpoints, stack: Stack) -> None:
    found = {one.name: one for one in await examine(stack)}
    assert studio.gateway
    assert {name: found[name].words for name in WELL if found[name].verdict is Verdict.WRONG} == {}
    assert "every service answers" in found["hello"].words
    assert not {name for name in found if name.endswith("'s outbox")}
