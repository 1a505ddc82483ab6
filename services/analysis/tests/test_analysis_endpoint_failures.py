"""Every way in which a language model's endpoint fails, told in words or tried again."""

import pytest
from analysis_endpoint import SECRET, fails, hangs, line, read

from philo_analysis.providers.openai import OpenAIReader
from philo_analysis.reading import (
    ProviderBusy,
    ProviderRejected,
    ProviderTimedOut,
    ProviderUnavailable,
    TextRefused,
)

pytestmark = pytest.mark.heavy


@pytest.mark.parametrize("status", [408, 429, 500, 503])
async def test_a_passing_failure_is_retried(model, language_model, status):
    model.steps = [fails(status), fails(status)]
    assert (await read(language_model)).scenes
    assert len(model.requests) == 3


@pytest.mark.parametrize(
    ("status", "error"), [(429, ProviderBusy), (500, ProviderUnavailable), (503, ProviderUnavailable)]
)
async def test_a_lasting_failure_is_told_after_three_retries(model, language_model, status, error):
    model.steps = [fails(status)] * 4
    with pytest.raises(error) as told:
        await read(language_model)
    assert (len(model.requests), told.value.retryable, bool(str(told.value))) == (4, True, True)


async def test_a_busy_provider_tells_when_to_come_back(model, language_model):
    model.steps = [fails(429, {"retry-after-ms": "600000", "retry-after": "600"})]
    with pytest.raises(ProviderBusy) as told:
        await read(language_model)
    assert told.value.after == 600


async def test_no_credit_is_not_retried_by_us(model, language_model):
    model.steps = [fails(429, {"x-should-retry": "false"}, code="insufficient_quota")]
    with pytest.raises(ProviderRejected, match="credit") as told:
        await read(language_model)
    assert not told.value.fault().retryable


async def test_a_wrong_key_is_told_without_the_key(model, language_model):
    model.steps = [fails(401, words=f"Incorrect API key provided: {SECRET}")]
    with pytest.raises(ProviderRejected, match="Check LLM_API_KEY") as told:
        await read(language_model)
    assert SECRET not in str(told.value)


async def test_an_unknown_model_names_the_setting(model, language_model):
    model.steps = [fails(404, words="The model m does not exist")]
    with pytest.raises(ProviderRejected, match="LLM_MODEL"):
        await read(language_model)


async def test_a_text_that_does_not_fit_is_told_in_the_providers_words_without_the_key(model, language_model):
    model.steps = [fails(400, words=f"Too many tokens for {SECRET}")]
    with pytest.raises(TextRefused, match=r"Too many tokens for \*\*\*"):
        await read(language_model)


async def test_a_silent_provider_times_out(model, naps):
    adapter = OpenAIReader(line(naps, timeout=0.1, retries=0), base_url=model.base_url, api_key=SECRET, model="m")
    model.steps = [hangs]
    with pytest.raises(ProviderTimedOut):
        await read(adapter)
    await adapter.close()


async def test_an_absent_provider_is_unavailable(naps):
    adapter = OpenAIReader(line(naps, retries=0), base_url="http://127.0.0.1:9/v1", api_key=SECRET, model="m")
    with pytest.raises(ProviderUnavailable, match="cannot be reached"):
        await read(adapter)
    await adapter.close()


@pytest.mark.parametrize("kind", ["application/json", "text/html"])
@pytest.mark.parametrize("body", ["<html>welcome</html>", "{broken", '{"choices": []}'])
async def test_an_endpoint_that_is_none_is_unavailable(model, language_model, kind, body):
    model.steps = [lambda _request: (200, {"content-type": kind}, body)] * 4
    with pytest.raises(ProviderUnavailable, match="base URL"):
        await read(language_model)
