"""A provider of music on 127.0.0.1, for every test its own."""

import sys
from pathlib import Path

import pytest

from philo.testing_providers import Naps, running_provider

sys.path.append(str(Path(__file__).parent))

from sample_music import SECRET

from philo_kernel.outgoing.line import Line, Terms
from philo_kernel.outgoing.patience import Patience
from philo_tts.music_providers.faults import ProviderFailing
from philo_tts.music_providers.http_composer import HttpComposer


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


@pytest.fixture
async def composer(server, patience):
    opened: list[HttpComposer] = []

    def open_one(name: str, patience: Patience = patience, timeout: float = 60.0, **how) -> HttpComposer:
        how = {"base_url": server.url, "api_key": SECRET, **how}
        way = Line(name, "music", terms=Terms(timeout, patience), who=name.capitalize(), late=ProviderFailing)
        opened.append(HttpComposer(way, **how))
        return opened[-1]

    yield open_one
    for one in opened:
        await one.close()
