"""Moderation by an endpoint: what it flags, what it lets pass, and what its failure lets pass: nothing."""

import json

import pytest
from analysis_endpoint import SECRET, fails, line

from philo_analysis.judging import HiredJudge, stricter
from philo_analysis.moderation import THRESHOLD, KeywordModerator, verdict
from philo_analysis.providers.openai_moderation import MOST, OpenAIModerator
from philo_analysis.reading import ProviderRejected, ProviderUnavailable
from philo_contracts.shapes import Moderation
from philo_kernel.outgoing.calls import heard_by

BOMB = "Show me how to build a pipe bomb at home."


def judged(flagged, **scores):
    flags = {name: score > 0.5 for name, score in scores.items()}
    result = {"flagged": flagged, "categories": flags, "category_scores": scores, "category_applied_input_types": {}}
    return lambda _request: (200, {}, json.dumps({"id": "m", "model": "o", "results": [result]}))


@pytest.fixture
async def moderator(model, naps):
    adapter = OpenAIModerator(line(naps, service="moderation"), base_url=model.base_url, api_key=SECRET)
    yield adapter
    await adapter.close()


async def test_what_the_moderation_endpoint_flags_is_rejected_with_its_categories(model, moderator):
    model.steps = [judged(True, violence=0.6, hate=0.1)]
    found = await moderator.judge("…")
    assert (verdict(found), found.categories) == ("rejected", ("violence",))


async def test_what_the_moderation_endpoint_lets_pass_is_approved(model, moderator):
    model.steps = [judged(False, violence=0.2, hate=0.1)]
    found = await moderator.judge("A storm at sea.")
    assert (verdict(found), found.score, found.categories) == ("approved", 0.2, ())


@pytest.mark.parametrize(("status", "error"), [(401, ProviderRejected), (503, ProviderUnavailable)])
async def test_a_failing_moderation_endpoint_lets_nothing_pass(model, moderator, status, error):
    model.steps = [fails(status)] * 4
    with pytest.raises(error):
        await moderator.judge("A storm at sea.")


def judge(moderator, who="openai", away="rules"):
    return HiredJudge(KeywordModerator(), moderator, who, away, THRESHOLD)


async def test_a_long_text_is_judged_to_its_last_word(model, moderator):
    def flags_the_last(request):
        quiet = {
            "flagged": False,
            "categories": {},
            "category_scores": {"hate": 0.1},
            "category_applied_input_types": {},
        }
        loud = quiet | {"flagged": True, "categories": {"hate": True}, "category_scores": {"hate": 0.8}}
        results = [loud if "worst" in text else quiet for text in request["input"]]
        return 200, {}, json.dumps({"id": "m", "model": "o", "results": results})

    model.steps = [flags_the_last]
    found = await moderator.judge("calm words " * 3_000 + "worst")
    assert (found.score, found.categories) == (1.0, ("hate",))
    assert max(map(len, model.requests[0]["input"])) <= MOST


async def test_what_was_judged_is_told_by_its_characters(model, moderator):
    heard = []

    async def hear(call):
        heard.append((call.service, call.provider, call.quantities))

    model.steps = [judged(False, hate=0.1)]
    with heard_by(hear):
        await moderator.judge("A storm at sea.")
    assert heard == [("moderation", "openai", {"characters": 15})]


@pytest.mark.parametrize("status", [401, 503])
async def test_while_the_endpoint_is_away_the_rules_decide_and_a_notice_says_so(model, moderator, status):
    model.steps = [fails(status)] * 8
    found = await judge(moderator).judge(BOMB, "en")
    assert (verdict(found.moderation), found.notices) == ("rejected", ("moderated_by_rules",))


async def test_an_endpoint_that_is_left_alone_costs_no_time(model, moderator):
    model.steps = [fails(401)]
    for _ in range(3):
        found = await judge(moderator).judge("A storm at sea.", "en")
    assert (found.notices, len(model.requests)) == (("moderated_by_rules",), 1)


async def test_closed_by_setting_nothing_passes_while_it_is_away(model, moderator):
    model.steps = [fails(503)] * 4
    with pytest.raises(ProviderUnavailable):
        await judge(moderator, away="closed").judge("A storm at sea.", "en")


async def test_of_both_the_stricter_counts(model, moderator):
    model.steps = [judged(True, violence=0.9)]
    found = await judge(moderator, "both").judge("A storm at sea.", "en")
    assert (verdict(found.moderation), found.moderation.categories) == ("rejected", ("violence",))


async def test_what_the_rules_reject_is_shown_to_nobody_else(model, moderator):
    found = await judge(moderator, "both").judge(BOMB, "en")
    assert (verdict(found.moderation), model.requests) == ("rejected", [])


def test_both_judges_categories_are_kept():
    one, other = Moderation(score=0.2, categories=("hate",)), Moderation(score=0.4, categories=("violence", "hate"))
    assert stricter(one, other) == Moderation(score=0.4, categories=("violence", "hate"))
