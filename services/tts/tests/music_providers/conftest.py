"""A provider of music on 127.0.0.1, for every test its own."""

import sys
from pathlib import Path

import pytest

from philo.testing_providers import Naps, running_provider

sys.path.append(str(Path(__file__).parent))

from philo_kernel.outgoing.patience import Patience


@pytest.fixture
async def server():
    async with running_provider() as running:
        yield running


@pytest.fixture
def naps() -> Naps:
    return Naps()


@pytest.fixture
def patience(naps: Naps) -> Patience:
    return Patience(sleep=naps, chance=lambda: 0.5)
