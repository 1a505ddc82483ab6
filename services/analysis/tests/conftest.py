"""A language model to read and to judge, and what speaks to it."""

import sys
from pathlib import Path

import pytest

from philo.testing_providers import Naps
from philo_analysis.providers.openai import OpenAIReader

sys.path.append(str(Path(__file__).parent))  # for the endpoint

from analysis_endpoint import SECRET, line, running_model


@pytest.fixture
async def model():
    async with running_model() as running:
        yield running


@pytest.fixture
def naps() -> Naps:
    return Naps()


@pytest.fixture
async def language_model(model, naps):
    adapter = OpenAIReader(line(naps), base_url=model.base_url, api_key=SECRET, model="m")
    yield adapter
    await adapter.close()
