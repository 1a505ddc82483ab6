"""A stack whose scripts are read and whose scenes are painted by somebody who takes money."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack

import pytest

from philo.films.api import Api
from philo.testing import folder_of_the_run, shared_stack
from tests.filming import newcomer
from tests.paid.provider import Provider, running

HIRED = {
    "OPENAI_API_KEY": "sk-paid",
    "PICTURE_RETRIES": "0",
    "LLM_API_KEY": "sk-paid",
    "LLM_RETRIES": "0",
    "LLM_FALLBACK_API_KEY": "sk-paid",
    "PAID_PROVIDERS": '["text/openai/gpt-4o-mini", "picture/openai/gpt-image-1"]',
    "BUDGET_PER_MONTH": "10",
}


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Provider, str]]:
    """Whoever is hired, and where gateway is."""
    with ExitStack() as up:
        provider, url = up.enter_context(running())
        addresses = dict.fromkeys(("OPENAI_BASE_URL", "LLM_BASE_URL", "LLM_FALLBACK_BASE_URL"), url)
        with pytest.MonkeyPatch.context() as environment:  # the services are told; other tests are not
            for name, value in (HIRED | addresses).items():
                environment.setenv(name, value)
            at = up.enter_context(shared_stack(folder_of_the_run(tmp_path_factory) / "philo-paid", services=True))
        yield provider, at.gateway


@pytest.fixture
def provider(studio: tuple[Provider, str]) -> Provider:
    return studio[0]


@pytest.fixture
async def api(studio: tuple[Provider, str]) -> AsyncIterator[Api]:
    """Somebody who has just registered."""
    async with newcomer(studio[1]) as one:
        yield one
