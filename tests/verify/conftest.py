"""One ordeal, and what it leaves behind for the tests to look at."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from philo.testing import folder_of_the_run, shared_stack
from tests.filming import elsewhere
from tests.verify.crowd import crowd
from tests.verify.ordeal import Ordeal, suffered

JOBS = int(os.environ.get("PHILO_VERIFY") or 25)
KILLS = min(12, 2 + JOBS // 80)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_of_the_run(tmp_path_factory) / "philo-verify"


@pytest.fixture(scope="module")
def ordeal(home: Path) -> Iterator[Ordeal]:
    seed = int(os.environ.get("PHILO_VERIFY_SEED") or secrets.randbelow(10**6))
    print(f"Repeat it with PHILO_VERIFY_SEED={seed}.")
    with shared_stack(home) as at:

        async def run() -> Ordeal:
            async with crowd(home, at, seed) as running:
                return await suffered(running, JOBS, KILLS, seed)

        yield elsewhere(run)
