"""A hello goes through Kafka, every service and back."""

from __future__ import annotations

import asyncio

import pytest

from philo.films.api import Api

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("e2e")]


async def test_every_service_answers_a_hello(api: Api) -> None:
    task = (await api.call("POST", "/test/hello?name=Ada")).json()["task_id"]
    async with asyncio.timeout(30):
        while (told := (await api.call("GET", f"/test/task/{task}")).json())["status"] != "completed":  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    assert set(told["result"]["answers"]) == {"gateway", "auth", "analysis", "tts", "render", "notify"}
    assert told["result"]["greeting"] == "Hello, Ada!"
