"""Films that others are paid for, through every service: nothing is paid for twice, and nothing is kept for nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from decimal import Decimal

import pytest

from philo.films.api import Api, Json
from tests.filming import QUIET, unheard
from tests.paid.provider import DEAD, SCENES, Provider

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("paid")]

AT_ONCE: Json = {"max_retries": 0, "retry_delay_seconds": 0}


async def ask(api: Api, script: str) -> str:
    config = QUIET | {"scenes": SCENES, "pictures": "openai"}
    return str((await api.call("POST", "/jobs", json={"script": script, "config": config} | AT_ONCE)).json()["id"])


async def once(api: Api, job: str, true: Callable[[Json], bool]) -> Json:
    async with asyncio.timeout(120):
        while not true(shown := (await api.call("GET", f"/jobs/{job}")).json()):  # noqa: ASYNC110 - in another process
            await asyncio.sleep(0.1)
    found: Json = shown
    return found


def ended(job: Json) -> bool:
    return job["status"] in {"failed", "completed"}


def settled(job: Json) -> bool:
    return Decimal(job["cost"]["actual"]) + Decimal(job["cost"]["released"]) == Decimal(job["cost"]["reserved"])


def three_have_pictures(job: Json) -> bool:
    return [scene["picture"] for scene in job["scenes"]][:3] == ["ready"] * 3


async def test_a_job_that_fails_at_its_fourth_scene_pays_for_none_of_the_first_three_again(
    api: Api, provider: Provider
) -> None:
    job = await ask(api, " ".join(unheard() for _ in range(SCENES)))
    await once(api, job, three_have_pictures)
    provider.go.set()
    failed = await once(api, job, ended)
    assert (failed["status"], failed["error"]["scene_id"]) == ("failed", failed["scenes"][3]["id"])
    before, provider.broken = dict(provider.painted), False
    assert [before[scene] for scene in (1, 2, 3, 4)] == [1, 1, 1, 1]

    await api.call("POST", f"/jobs/{job}/retry")
    made = await once(api, job, ended)
    assert (made["status"], made["attempts"], made["error"]) == ("completed", 2, None)
    assert provider.painted == {1: 1, 2: 1, 3: 1, 4: 2, 5: 1}
    assert provider.read == 1


async def test_when_nobody_reads_any_more_the_job_fails_in_words_and_its_money_is_free_again(api: Api) -> None:
    job = await ask(api, f"{DEAD} " + " ".join(unheard() for _ in range(SCENES)))
    asked = (await api.call("GET", f"/jobs/{job}")).json()
    assert Decimal(asked["cost"]["reserved"]) > 0
    failed = await once(api, job, lambda shown: ended(shown) and settled(shown))
    told = (failed["status"], failed["error"]["code"], failed["error"]["message"], failed["error"]["retryable"])
    assert told == ("failed", "language_provider_unavailable", "fallback failed with status 503.", True)
    assert (failed["cost"]["actual"], failed["cost"]["released"]) == ("0.0000", asked["cost"]["reserved"])
