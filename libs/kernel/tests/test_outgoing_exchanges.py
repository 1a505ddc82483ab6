"""What a provider answers in words is kept with its call, and no key with it."""

import httpx2
import pytest

from philo_kernel.outgoing.calls import heard_by
from philo_kernel.outgoing.exchanges import MOST, digest, kept
from philo_kernel.outgoing.line import Line

KEY = "sk-planted-7d1"


async def called(status, words, question=None):
    """What was told of one call that is answered so."""
    told = []

    async def hear(call):
        told.append(call)

    transport = httpx2.MockTransport(lambda _: httpx2.Response(status, text=words))
    async with httpx2.AsyncClient(transport=transport, event_hooks=kept(KEY)) as client:
        line = Line("somebody", "text")
        with heard_by(hear):
            await line.request(lambda _: client.post("https://a.example/v1/chat", json=question or {"say": "hello"}))
    return told[0].exchange


@pytest.mark.parametrize("status", [200, 429, 503])
async def test_what_was_answered_is_told_word_for_word(status):
    exchange = await called(status, '{"said": "你好"}')
    assert (exchange.status, exchange.answered) == (status, '{"said": "你好"}')


async def test_a_key_that_is_quoted_in_an_answer_is_not_written_down():
    assert (await called(401, f"Incorrect API key provided: {KEY}.")).answered == "Incorrect API key provided: [key]."


async def test_an_answer_that_would_not_fit_into_a_fact_is_not_kept():
    assert await called(200, "x" * (MOST + 1)) is None


async def test_the_same_question_has_the_same_name_wherever_and_in_whatever_order_it_is_asked():
    asked = [
        digest(
            httpx2.Request("POST", "https://a.example/v1/x", json={"a": 1, "b": [2]}, headers={"Authorization": KEY})
        ),
        digest(httpx2.Request("POST", "https://b.example/y", json={"b": [2], "a": 1})),
        digest(httpx2.Request("POST", "https://b.example/y", json={"b": [3], "a": 1})),
    ]
    assert asked[0] == asked[1] != asked[2]


async def test_what_is_asked_outside_of_a_call_is_not_kept_anywhere():
    transport = httpx2.MockTransport(lambda _: httpx2.Response(200, text="{}"))
    async with httpx2.AsyncClient(transport=transport, event_hooks=kept(KEY)) as client:
        assert (await client.get("https://a.example/models")).text == "{}"
