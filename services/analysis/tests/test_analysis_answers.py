"""What a language model answers: used, asked for once more, or told to be of no use."""

import json

import pytest
from analysis_endpoint import answers, completion, good_answer, read

from philo_analysis.reading import (
    AnswerCutShort,
    AnswerDeclined,
    AnswerUnusable,
)


def changed(**changes):
    def step(request):
        return 200, {}, completion(json.dumps({**good_answer(request), **changes}))

    return step


def cut_at(*firsts):
    look = {"title": "T", "visual_prompt": "mill", "mood": "calm", "tags": []}
    return changed(scenes=[{**look, "first": first} for first in firsts])


UNUSABLE = {
    "broken JSON": answers('{"title": "The'),
    "no content": answers(None),
    "a field too many": changed(extra=1),
    "an unknown mood": changed(scenes=[{"title": "T", "visual_prompt": "m", "mood": "weird", "tags": [], "first": 1}]),
    "no scene": changed(scenes=[]),
    "a late beginning": cut_at(2, 3),
    "cuts that go back": cut_at(1, 3, 2),
    "cuts past the end": cut_at(1, 99),
}


@pytest.mark.parametrize("step", UNUSABLE.values(), ids=UNUSABLE)
async def test_an_unusable_answer_is_asked_for_once_more(model, language_model, step):
    model.steps = [step]
    reading = await read(language_model)
    assert (len(model.requests), reading.usage.input_tokens, reading.usage.requests) == (2, 200, 2)
    assert "could not be used" in model.requests[1]["messages"][-1]["content"]


@pytest.mark.parametrize("step", UNUSABLE.values(), ids=UNUSABLE)
async def test_an_answer_unusable_twice_is_told(model, language_model, step):
    model.steps = [step, step]
    with pytest.raises(AnswerUnusable, match="twice"):
        await read(language_model)


async def test_the_number_of_scenes_is_insisted_on(model, language_model):
    model.steps = [cut_at(1, 2)]
    assert len((await read(language_model, scenes=3)).scenes) == 3
    assert "exactly 3" in model.requests[1]["messages"][-1]["content"]


@pytest.mark.parametrize("step", [answers(None, refusal="I will not."), answers("", finish="content_filter")])
async def test_a_refusal_is_told_and_not_repeated(model, language_model, step):
    model.steps = [step]
    with pytest.raises(AnswerDeclined):
        await read(language_model)
    assert len(model.requests) == 1


async def test_a_truncated_answer_is_told(model, language_model):
    model.steps = [answers('{"title": "The', finish="length")]
    with pytest.raises(AnswerCutShort, match="cut short"):
        await read(language_model)


async def test_an_answer_in_a_code_fence_is_read(model, language_model):
    model.steps = [lambda request: (200, {}, completion(f"```json\n{json.dumps(good_answer(request))}\n```"))]
    assert (await read(language_model)).scenes
    assert len(model.requests) == 1


async def test_tokens_are_recorded(language_model):
    usage = (await read(language_model)).usage
    assert (usage.input_tokens, usage.output_tokens, usage.requests) == (100, 20, 1)


async def test_the_schema_sent_is_strict(model, language_model):
    await read(language_model)
    schema = model.requests[0]["response_format"]["json_schema"]["schema"]
    assert schema["additionalProperties"] is False
    assert set(schema["required"]) == set(schema["properties"])
    assert "maxLength" not in json.dumps(schema)
