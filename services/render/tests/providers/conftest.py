"""A provider of pictures on 127.0.0.1, for every test its own."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))
pytest.register_assert_rewrite("painter_suite")

from picture_server import running_server  # noqa: E402 - found by the line above


@pytest.fixture
async def server():
    async with running_server() as running:
        yield running
