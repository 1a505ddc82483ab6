"""Makes the shared world of these tests importable, and gives each test one of its own."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))

from tts_world import a_world

from philo_tts.ports import Ports


@pytest.fixture
def world() -> Ports:
    return a_world()
