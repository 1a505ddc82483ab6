"""Language models that die: the next takes over, others are unaffected, and when all are dead a person understands why."""

import pytest
from analysis_endpoint import SCRIPT, SECRET, fails, hangs, line, running_model

from philo_analysis.domain import Read
from philo_analysis.judging import RulesJudge
from philo_analysis.moderation import THRESHOLD, KeywordModerator
from philo_analysis.providers.fallback import FallbackReader
from philo_analysis.providers.openai import OpenAIReader
from philo_analysis.reading import ReadingRequest, TextRefused
from philo_analysis.tasks import Ports, read
from philo_contracts.events import LanguageModelCalled, ScriptAnalyzed
from philo_contracts.shapes import VideoConfig
from philo_kernel.outgoing.board import Board
from philo_kernel.work import Hopeless, Passing, fault_of

pytestmark = pytest.mark.heavy

REQUEST = ReadingRequest(text=SCRIPT)
ORDER = Read(job="j", user="ada", title=None, script=SCRIPT, prompt=None, config=VideoConfig())


@pytest.fixture
async def other():
    async with running_model() as running:
        yield running


@pytest.fixture
def lines(naps):
    board = Board(None, "")
    return [line(naps, name, board=board, timeout=0.2) for name in ("openai", "fallback")]


@pytest.fixture
async def pair(model, other, lines):
    """One model, and the one that is asked when it cannot."""
    first = OpenAIReader(lines[0], base_url=model.base_url, api_key=SECRET, model="m")
    second = OpenAIReader(lines[1], base_url=other.base_url, api_key=SECRET, model="n", settings="LLM_FALLBACK")
    yield FallbackReader((first, second))
    await first.close()
    await second.close()


async def done(reader) -> tuple[list, object]:
    said = []

    async def say(fact) -> None:
        said.append(fact)

    return said, await read.perform(ORDER, Ports(RulesJudge(KeywordModerator()), reader, THRESHOLD), say)


@pytest.mark.parametrize("dies", [fails(503), fails(401), hangs], ids=["broken", "wrong key", "silent"])
async def test_where_one_dies_the_next_reads(model, other, pair, dies):
    model.steps = [dies] * 4
    reading = await pair.read(REQUEST)
    assert (reading.usage.provider, len(other.requests)) == ("fallback", 1)


async def test_one_that_dies_after_some_jobs_leaves_the_rest_to_the_next_and_is_soon_left_alone(model, other, pair):
    readings = [await pair.read(REQUEST)]
    model.steps = [fails(503)] * 100
    readings += [await pair.read(REQUEST) for _ in range(5)]
    assert [one.usage.provider for one in readings] == ["openai"] + ["fallback"] * 5
    assert (len(model.requests), len(other.requests)) == (1 + 3 * 4, 5)


async def test_health_tells_who_died_and_who_did_not(model, pair, lines):
    model.steps = [fails(503)] * 100
    for _ in range(3):
        await pair.read(REQUEST)
    sick, well = [await one.known() for one in lines]
    assert (sick.status(), sick.failures, well.status()) == ("unhealthy", 3, "healthy")
    assert well.seconds is not None


async def test_a_text_that_one_declines_is_not_carried_to_another(model, other, pair):
    model.steps = [fails(400, code="content_filter", words="No.")]
    with pytest.raises(TextRefused, match="does nothing with this text"):
        await pair.read(REQUEST)
    assert other.requests == []


async def test_when_all_are_dead_the_job_fails_with_a_code_and_words_a_person_understands(model, other, pair):
    model.steps, other.steps = [fails(503)] * 100, [fails(500)] * 100
    with pytest.raises(Passing) as failed:
        await done(pair)
    fault = fault_of(failed.value)
    told = (fault.code, fault.message, fault.retryable)
    assert told == ("language_provider_unavailable", "fallback failed with status 500.", True)


async def test_when_the_last_has_a_wrong_key_the_job_is_not_tried_again(model, other, pair):
    model.steps, other.steps = [fails(503)] * 100, [fails(401)] * 100
    for _ in range(2):
        with pytest.raises(Hopeless, match="Check LLM_FALLBACK_API_KEY"):
            await done(pair)
    assert len(other.requests) == 1


async def test_every_request_is_told_of_with_its_tokens(model, pair):
    model.steps = [fails(503), fails(503)]
    said, fact = await done(pair)
    calls = [one.call for one in said if isinstance(one, LanguageModelCalled)]
    assert [(one.provider, one.outcome, one.attempt) for one in calls] == [
        ("openai", "failed", 1),
        ("openai", "failed", 2),
        ("openai", "answered", 3),
    ]
    assert (calls[-1].quantities, calls[-1].model) == ({"input_tokens": 100, "output_tokens": 20}, "m")
    assert isinstance(fact, ScriptAnalyzed)


async def test_a_look_asks_for_the_list_of_models(model, pair, lines):
    model.steps = [lambda _request: (200, {}, '{"object": "list", "data": []}')]
    found = await lines[0].examine(5)
    assert (found.status(), model.requests) == ("healthy", [{"looks": "/v1/models"}])
