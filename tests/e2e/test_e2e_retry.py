"""A film that broke off half-way goes on from there when its owner retries it."""

from __future__ import annotations

import asyncio
from collections import Counter

import asyncpg
import pytest

from philo.films.api import Api, Json
from philo.stack import Endpoints
from philo_contracts.envelope import wrap
from philo_contracts.events import RenderFailed
from philo_contracts.shapes import Fault
from philo_kernel.store import append
from tests.facts import WORKERS, count, envelopes
from tests.filming import QUIET, unheard

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("e2e")]

TASKS = "select count(*) from pgqueuer where headers->>'job' = $1"
ASIDE = "select count(*) from laid_aside where job = $1"
DONE = {"AudioSynthesized", "PictureMade", "SceneRendered", "ScriptAnalyzed", "ScriptApproved"}
FAULT = Fault(code="broken", message="The drawing board broke.", retryable=True, scene_id="s01")


async def breaks(studio: Endpoints, job: str) -> None:
    """Render says so, whatever it is doing."""
    connection = await asyncpg.connect(studio.databases["render"])
    fact = RenderFailed(job=job, fault=FAULT)
    await append(connection, [wrap(fact, source="render", stream=f"test/{job}", version=1)])
    await connection.close()


async def once(api: Api, job: str, *states: str) -> Json:
    async with asyncio.timeout(180):
        while (shown := (await api.call("GET", f"/jobs/{job}")).json())["status"] not in states:  # noqa: ASYNC110 - in another process
            await asyncio.sleep(0.2)
    found: Json = shown
    return found


async def done_of(studio: Endpoints, job: str) -> Counter[tuple[str, str]]:
    said = [fact for service in WORKERS for fact in await envelopes(studio, service, job)]
    return Counter((fact.subject, fact.type) for fact in said if fact.type in DONE)


async def test_a_film_that_failed_is_retried_and_nothing_that_was_done_is_done_again(
    studio: Endpoints, api: Api
) -> None:
    words = "\n\n".join(f"{unheard()} The boat goes out and the wind turns at last." for _ in range(5))
    job = (await api.request_film(words, QUIET | {"scenes": 5}))["id"]
    async for message in api.watch(job):
        if any(scene["voice"] == "ready" for scene in message.get("job", {}).get("scenes", ())):
            break
    await breaks(studio, job)
    failed = await once(api, job, "failed", "completed")
    assert (failed["status"], failed["error"]["message"], failed["attempts"]) == ("failed", FAULT.message, 1)
    async with asyncio.timeout(30):
        while sum([await count(studio, service, TASKS, job) for service in WORKERS]):  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    before = await done_of(studio, job)
    assert sum([await count(studio, service, ASIDE, job) for service in ("analysis", "tts", "render")])

    again = (await api.call("POST", f"/jobs/{job}/retry")).json()
    assert (again["status"], again["attempts"], again["error"]) == ("processing", 2, None)
    made = await once(api, job, "failed", "completed")
    assert (made["status"], made["progress"], made["attempts"]) == ("completed", 100, 2)
    after = await done_of(studio, job)
    assert set(after.values()) == {1}, "something was done twice"
    assert before.keys() < after.keys()
