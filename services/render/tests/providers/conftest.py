"""A provider of pictures on 127.0.0.1, for every test its own."""

import sys
from pathlib import Path

import pytest

from philo.testing_providers import running_provider

sys.path.append(str(Path(__file__).parent))
pytest.register_assert_rewrite("painter_suite")


@pytest.fixture
async def server():
    async with running_provider() as running:
        yield running
