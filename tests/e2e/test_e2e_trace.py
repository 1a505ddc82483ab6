"""One trace a job: from the request through every service to the last frame, whole, and named wherever somebody looks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from philo.films.api import Api
from philo.stack import Endpoints
from philo.stack.services import SERVICES
from philo.testing_traces import Collector, Told, orphans
from tests.facts import WORKERS, envelopes
from tests.filming import Film, again

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("e2e")]

EVERYBODY = {f"philo-{spec.name}" for spec in SERVICES}


def over(collector: Collector, trace: str) -> bool:
    """Everybody has told of it, the owner heard of the end, and nobody is in the middle of anything."""
    spans = collector.trace(trace)
    heard = {span.attributes.get("philo.fact") for span in spans if span.name == "notify.tell_owner"}
    return {span.service for span in spans} == EVERYBODY and "JobCompleted" in heard and not orphans(spans)


@pytest.fixture
async def whole(demo: Film, traces: Collector) -> list[Told]:
    """The trace of the demo's film, once it is over."""
    await traces.until(lambda collector: over(collector, demo.job["trace_id"]))
    return traces.trace(demo.job["trace_id"])


def test_a_film_is_one_trace_of_all_services_with_one_beginning_and_no_orphan(whole: list[Told]) -> None:
    assert [span.name for span in whole if not span.parent] == ["POST /api/v1/jobs"]
    assert orphans(whole) == []
    assert {span.service for span in whole} == EVERYBODY


async def test_no_fact_of_a_film_lies_outside_of_its_trace(studio: Endpoints, demo: Film) -> None:
    said = [one for service in WORKERS for one in await envelopes(studio, service, demo.id)]
    assert [one.type for one in said if not one.traceparent] == []
    assert {one.traceparent.split("-")[1] for one in said if one.traceparent} == {demo.job["trace_id"]}


def test_every_scene_is_drawn_and_encoded_in_the_trace_down_to_its_chunks(whole: list[Told], demo: Film) -> None:
    by_id = {span.id: span for span in whole}
    chunks = [span for span in whole if span.name == "draw and encode a chunk"]
    frames = sum(span.attributes["philo.frames"] for span in chunks)
    assert frames >= demo.job["result"]["duration"] * demo.job["result"]["fps"] - 1
    for chunk in chunks:
        child = by_id[chunk.parent]
        assert (child.name, by_id[child.parent].name) == ("child shoot", "render.Draw")
        assert chunk.attributes["philo.encoding_seconds"] > 0


def test_the_join_goes_back_to_all_that_it_waited_for(whole: list[Told], demo: Film) -> None:
    by_id = {span.id: span for span in whole}
    (join,) = (span for span in whole if span.name == "render.Join")
    waited = [by_id[span].name for _, span in join.links]
    assert sorted(waited) == ["render.Draw"] * len(demo.job["scenes"]) + ["render.Mix"]


def test_every_hop_over_kafka_is_told_by_who_sends_and_by_who_hears(whole: list[Told]) -> None:
    published = {span.service for span in whole if span.name.startswith("publish ")}
    assert published == {f"philo-{name}" for name in ("gateway", "analysis", "tts", "render")}
    assert {"philo.correlation_id", "philo.causation_id"} <= {
        name for span in whole if span.name == "gateway.advance_job" for name in span.attributes
    }


def test_logs_history_and_problems_name_the_same_trace(demo: Film, home: Path, whole: list[Told]) -> None:
    assert {line["trace_id"] for line in demo.history} == {demo.job["trace_id"]}
    lines = [json.loads(line) for line in (home / "logs" / "gateway.log").read_text().splitlines() if line[0] == "{"]
    asked = [line for line in lines if line.get("trace_id") == demo.job["trace_id"] and line["event"] == "request"]
    assert [line["path"] for line in asked] == ["/api/v1/jobs"]
    assert {span.id for span in whole} >= {line["span_id"] for line in asked}


async def test_a_refusal_names_its_trace_and_behind_gateway_it_is_the_same_one(api: Api, traces: Collector) -> None:
    answer = await api.client.post(
        "/api/v1/auth/login", json={"email": "nobody@philo.example", "password": "a wrong one"}
    )
    problem = answer.json()
    await traces.until(lambda collector: len(collector.trace(problem["trace_id"])) == 2)
    gateway, auth = traces.trace(problem["trace_id"])
    assert (gateway.service, auth.service, auth.parent) == ("philo-gateway", "philo-auth", gateway.id)
    assert auth.attributes["http.response.status_code"] == answer.status_code == 401


async def test_what_a_client_traces_is_linked_to_and_does_not_decide_what_is_recorded(
    api: Api, traces: Collector
) -> None:
    theirs, span = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
    answer = await api.client.get("/api/v1/jobs/nonsense", headers={"traceparent": f"00-{theirs}-{span}-01"})
    ours = answer.json()["trace_id"]
    assert ours != theirs
    await traces.until(lambda collector: bool(collector.trace(ours)))
    assert traces.trace(ours)[0].links == ((theirs, span),)


async def test_when_somebody_was_last_at_work_is_known_where_their_account_is(studio: Endpoints, demo: Film) -> None:
    async with again(studio.gateway, demo) as owner:
        me = (await owner.client.get("/api/v1/auth/me")).json()
    assert me["last_job_at"][:19] == demo.job["created_at"][:19]
