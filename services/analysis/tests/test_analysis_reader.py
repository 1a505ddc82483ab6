"""The port `Reader`: one suite over both adapters, and every way in which a language model's endpoint fails."""

import asyncio
import json
import re
from collections.abc import Callable
from contextlib import asynccontextmanager

import pytest

from philo_analysis.extractive import ExtractiveReader
from philo_analysis.moderation import verdict
from philo_analysis.providers.openai import OpenAIReader
from philo_analysis.providers.openai_moderation import OpenAIModerator
from philo_analysis.reading import (
    AnswerCutShort,
    AnswerDeclined,
    AnswerUnusable,
    NothingToRead,
    ProviderBusy,
    ProviderRejected,
    ProviderTimedOut,
    ProviderUnavailable,
    ReadingRequest,
)

SCRIPT = """The Old Mill

An old miller lived by the river. Every morning he fed the ducks. One night a storm broke the wheel.

He took a lantern and went out into the rain. The villagers came with ropes and hammers. In spring the mill sang again.
"""
SECRET = "sk-very-secret"


class Model:
    """A chat-completions endpoint on 127.0.0.1. `steps` are taken one a request; then it behaves."""

    def __init__(self) -> None:
        self.steps: list[Callable[[dict], tuple[int, dict, str]]] = []
        self.requests: list[dict] = []
        self.silent = asyncio.Event()
        self.base_url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = int(re.search(r"content-length: (\d+)", head, re.IGNORECASE).group(1))
        request = json.loads(await reader.readexactly(length))
        self.requests.append(request)
        step = self.steps.pop(0) if self.steps else behaves
        if step is hangs:
            await self.silent.wait()
        status, headers, body = step(request)
        told = {"content-type": "application/json", "connection": "close", **headers}
        told = {
            "content-type": "application/json",
            "connection": "close",
            **headers,
            "content-length": len(body.encode()),
        }
        lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in told.items())]
        writer.write(("\r\n".join(lines) + "\r\n\r\n" + body).encode())
        writer.close()


@asynccontextmanager
async def running_model():
    model = Model()
    server = await asyncio.start_server(model.serve, "127.0.0.1", 0)
    model.base_url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    yield model
    model.silent.set()
    server.close()


def completion(content: str | None, finish: str = "stop", refusal: str | None = None) -> str:
    message = {"role": "assistant", "content": content, "refusal": refusal}
    choice = {"index": 0, "message": message, "finish_reason": finish, "logprobs": None}
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    told = {"id": "c", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice], "usage": usage}
    return json.dumps(told)


def good_answer(request: dict) -> dict:
    """What a good model answers: cuts after every second sentence or as many as asked; or a written script."""
    said = request["messages"][1]["content"]
    asked = re.search(r"exactly (\d+)", said)
    look = {"title": "A Scene", "visual_prompt": "old mill, river", "mood": "calm", "tags": ["River", "mill", "mill"]}
    told = {"title": "The Mill", "summary": "A mill.", "characters": ["miller"], "themes": ["home"]}
    if request["response_format"]["json_schema"]["name"] == "CutScript":
        count = len(re.findall(r"^\[\d+\]", said, re.MULTILINE))
        firsts = range(1, int(asked.group(1)) + 1) if asked else range(1, count + 1, 2)
        return {**told, "scenes": [{**look, "first": first} for first in firsts]}
    scenes = [
        {**look, "narration": f"The river runs, part {place}."} for place in range(int(asked.group(1)) if asked else 5)
    ]
    return {**told, "language": "en", "scenes": scenes}


def behaves(request):
    return 200, {}, completion(json.dumps(good_answer(request)))


def hangs(_request):
    return 200, {}, ""


def fails(status: int, headers: dict | None = None, code: str | None = None, words: str = "no"):
    body = json.dumps({"error": {"message": words, "code": code, "type": "t"}})
    return lambda _request: (status, {"retry-after-ms": "1", **(headers or {})}, body)


def answers(content, **how):
    return lambda _request: (200, {}, completion(content, **how))


@pytest.fixture
async def model():
    async with running_model() as running:
        yield running


@pytest.fixture
async def language_model(model):
    adapter = OpenAIReader(base_url=model.base_url, api_key=SECRET, model="m", timeout=20, max_retries=3)
    yield adapter
    await adapter.close()


def squeezed(text: str) -> str:
    return "".join(text.split())


class ReaderSuite:
    """What every `Reader` promises. An adapter's class gives the fixture `reader`."""

    async def test_a_script_keeps_every_word_in_order(self, reader):
        reading = await reader.read(ReadingRequest(text=SCRIPT))
        narrated = "".join(scene.narration for scene in reading.scenes)
        assert squeezed(narrated) == squeezed(SCRIPT.removeprefix("The Old Mill"))

    async def test_the_scripts_own_title_is_kept(self, reader):
        assert (await reader.read(ReadingRequest(text=SCRIPT))).title == "The Old Mill"

    async def test_a_given_title_wins(self, reader):
        assert (await reader.read(ReadingRequest(text=SCRIPT, title="Water"))).title == "Water"

    @pytest.mark.parametrize("scenes", [1, 3, 6])
    async def test_as_many_scenes_as_asked(self, reader, scenes):
        assert len((await reader.read(ReadingRequest(text=SCRIPT, scenes=scenes))).scenes) == scenes

    async def test_scene_ids_come_from_their_place(self, reader):
        reading = await reader.read(ReadingRequest(text=SCRIPT, scenes=3))
        assert [(scene.id, scene.index, scene.revision) for scene in reading.scenes] == [
            ("s01", 0, 1),
            ("s02", 1, 1),
            ("s03", 2, 1),
        ]

    async def test_every_scene_is_told_whole(self, reader):
        for scene in (await reader.read(ReadingRequest(text=SCRIPT))).scenes:
            assert scene.title
            assert scene.visual_prompt
            assert 2 <= len(scene.tags) <= 5

    async def test_the_language_is_found(self, reader):
        assert (await reader.read(ReadingRequest(text=SCRIPT))).language == "en"

    async def test_a_given_language_is_kept(self, reader):
        reading = await reader.read(ReadingRequest(text=SCRIPT, language="en-GB"))
        assert {reading.language, *(scene.language for scene in reading.scenes)} == {"en-GB"}

    async def test_a_prompt_becomes_scenes(self, reader):
        assert (await reader.read(ReadingRequest(kind="prompt", text="A film about a river."))).scenes

    async def test_a_text_without_words_is_refused_in_words(self, reader):
        with pytest.raises(NothingToRead, match="no words"):
            await reader.read(ReadingRequest(text="*** ... !!!"))

    async def test_usage_names_who_read(self, reader):
        usage = (await reader.read(ReadingRequest(text=SCRIPT))).usage
        assert usage.provider
        assert usage.model


class TestExtractiveReader(ReaderSuite):
    @pytest.fixture
    def reader(self):
        return ExtractiveReader()

    async def test_a_prompt_is_narrated_and_that_is_said(self, reader):
        reading = await reader.read(ReadingRequest(kind="prompt", text="A cat on a sofa"))
        assert (reading.scenes[0].narration, reading.notices) == ("A cat on a sofa", ("prompt_narrated",))

    async def test_two_readings_are_equal(self, reader):
        assert await reader.read(ReadingRequest(text=SCRIPT)) == await reader.read(ReadingRequest(text=SCRIPT))


class TestOpenAIReader(ReaderSuite):
    @pytest.fixture
    def reader(self, language_model):
        return language_model


async def read(adapter, **request):
    return await adapter.read(ReadingRequest(**{"text": SCRIPT, **request}))


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
    assert told.value.retry_after == 600


async def test_no_credit_is_not_retried_by_us(model, language_model):
    model.steps = [fails(429, {"x-should-retry": "false"}, code="insufficient_quota")]
    with pytest.raises(ProviderRejected, match="credit") as told:
        await read(language_model)
    assert not told.value.fault().retryable


async def test_a_wrong_key_is_told_without_the_key(model, language_model):
    model.steps = [fails(401, words=f"Incorrect API key provided: {SECRET}")]
    with pytest.raises(ProviderRejected, match="Check the key") as told:
        await read(language_model)
    assert SECRET not in str(told.value)


async def test_an_unknown_model_is_told_in_the_providers_words(model, language_model):
    model.steps = [fails(404, words="The model m does not exist")]
    with pytest.raises(ProviderRejected, match="does not exist"):
        await read(language_model)


async def test_a_silent_provider_times_out(model):
    adapter = OpenAIReader(base_url=model.base_url, api_key=SECRET, model="m", timeout=0.1, max_retries=0)
    model.steps = [hangs]
    with pytest.raises(ProviderTimedOut):
        await read(adapter)
    await adapter.close()


async def test_an_absent_provider_is_unavailable():
    adapter = OpenAIReader(base_url="http://127.0.0.1:9/v1", api_key=SECRET, model="m", max_retries=0)
    with pytest.raises(ProviderUnavailable, match="cannot be reached"):
        await read(adapter)
    await adapter.close()


@pytest.mark.parametrize("kind", ["application/json", "text/html"])
@pytest.mark.parametrize("body", ["<html>welcome</html>", "{broken", '{"choices": []}'])
async def test_an_endpoint_that_is_none_is_unavailable(model, language_model, kind, body):
    model.steps = [lambda _request: (200, {"content-type": kind}, body)]
    with pytest.raises(ProviderUnavailable, match="base URL"):
        await read(language_model)


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
