"""A job has one trace, whatever is asked of it and however often; its own is told, and those of others are linked to."""

import pytest

from philo_gateway.jobs.store import stream_of
from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack
JOBS = "/api/v1/jobs"


async def traces_of(engine, job: str) -> list[str]:
    async with unit_of_work(engine, "gateway") as unit:
        return [fact.traceparent.split("-")[1] for fact in await unit.load(stream_of(job))]


async def test_a_job_tells_the_trace_of_the_request_that_asked_for_it(ada, engine):
    job = await ada.ask()
    assert len(job["trace_id"]) == 32
    assert set(await traces_of(engine, job["id"])) == {job["trace_id"]}
    assert (await ada.get(f"{JOBS}/{job['id']}")).json()["trace_id"] == job["trace_id"]


async def test_two_jobs_have_two_traces(ada):
    assert (await ada.ask())["trace_id"] != (await ada.ask())["trace_id"]


async def test_what_is_asked_of_a_job_later_goes_on_in_its_trace(ada, engine):
    job = await ada.ask()
    cancelled = await ada.delete(f"{JOBS}/{job['id']}")
    assert cancelled.status_code == 202
    told = await traces_of(engine, job["id"])
    assert len(told) == 3
    assert set(told) == {job["trace_id"]}


async def test_every_problem_tells_the_trace_of_its_request(ada):
    problems = [(await ada.get(f"{JOBS}/nonsense")).json() for _ in range(2)]
    assert all(len(one["trace_id"]) == 32 for one in problems)
    assert problems[0]["trace_id"] != problems[1]["trace_id"]
