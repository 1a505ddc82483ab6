"""Moderation by an endpoint: what it flags, what it lets pass, and what its failure lets pass: nothing."""

import json

import pytest
from analysis_endpoint import SECRET, fails

from philo_analysis.moderation import verdict
from philo_analysis.providers.openai_moderation import OpenAIModerator
from philo_analysis.reading import (
    ProviderRejected,
    ProviderUnavailable,
)


def judged(flagged, **scores):
    flags = {name: score > 0.5 for name, score in scores.items()}
    result = {"flagged": flagged, "categories": flags, "category_scores": scores, "category_applied_input_types": {}}
    return lambda _request: (200, {}, json.dumps({"id": "m", "model": "o", "results": [result]}))


@pytest.fixture
async def moderator(model):
    adapter = OpenAIModerator(base_url=model.base_url, api_key=SECRET)
    yield adapter
    await adapter.close()


async def test_what_the_moderation_endpoint_flags_is_rejected_with_its_categories(model, moderator):
    model.steps = [judged(True, violence=0.6, hate=0.1)]
    found = await moderator.judge("…", "en")
    assert (verdict(found), found.categories) == ("rejected", ("violence",))


async def test_what_the_moderation_endpoint_lets_pass_is_approved(model, moderator):
    model.steps = [judged(False, violence=0.2, hate=0.1)]
    found = await moderator.judge("A storm at sea.", "en")
    assert (verdict(found), found.score, found.categories) == ("approved", 0.2, ())


@pytest.mark.parametrize(("status", "error"), [(401, ProviderRejected), (503, ProviderUnavailable)])
async def test_a_failing_moderation_endpoint_lets_nothing_pass(model, moderator, status, error):
    model.steps = [fails(status)] * 4
    with pytest.raises(error):
        await moderator.judge("A storm at sea.", "en")
