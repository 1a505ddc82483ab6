"""A language model to read and to judge, and what speaks to it."""

import sys
from pathlib import Path

import pytest

from philo_analysis.providers.openai import OpenAIReader

sys.path.append(str(Path(__file__).parent))  # for the endpoint

from analysis_endpoint import SECRET, running_model


@pytest.fixture
async def model():
    async with running_model() as running:
        yield running


@pytest.fixture
async def language_model(model):
    adapter = OpenAIReader(base_url=model.base_url, api_key=SECRET, model="m", timeout=20, max_retries=3)
    yield adapter
    await adapter.close()
