"""A provider of music on 127.0.0.1, for every test its own."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))

from music_server import Naps, running_music_server

from philo_tts.music_providers.patience import Patience


@pytest.fixture
async def server():
    async with running_music_server() as running:
        yield running


@pytest.fixture
def naps() -> Naps:
    return Naps()


@pytest.fixture
def patience(naps: Naps) -> Patience:
    return Patience(sleep=naps, chance=lambda: 0.5)
