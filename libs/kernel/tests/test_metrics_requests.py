"""Requests are told by the templates of their paths, whatever strangers ask for."""

from collections.abc import AsyncIterator
from secrets import token_hex

import httpx
import pytest
from fastapi import APIRouter
from prometheus_client.parser import text_string_to_metric_families
from starlette.responses import StreamingResponse

from philo_kernel.http.app import application
from philo_kernel.metrics.exposition import exposition
from philo_kernel.metrics.instruments import REGISTRY
from philo_kernel.metrics.readings import Readings

router = APIRouter(prefix="/zoo")


@router.get("/{animal}")
async def animal(animal: str) -> str:
    if animal == "dragon":
        raise RuntimeError("there are none")
    return animal


@router.get("/{animal}/walk")
async def walk(animal: str) -> StreamingResponse:
    async def steps() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield animal.encode()

    return StreamingResponse(steps())


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app = application("zoo", "1", router, checks={})
    app.include_router(exposition("zoo", "1", Readings({}), None))
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 5000))
    async with httpx.AsyncClient(transport=transport, base_url="http://zoo") as one:
        yield one


def counted(route: str, status: int, method: str = "GET") -> float:
    labels = {"method": method, "route": route, "status": str(status)}
    return REGISTRY.get_sample_value("api_request_duration_seconds_count", labels) or 0


async def test_a_thousand_ids_are_one_route(client):
    before = counted("/zoo/{animal}", 200)
    for _ in range(100):
        await client.get(f"/zoo/{token_hex(4)}")
    assert counted("/zoo/{animal}", 200) == before + 100


async def test_paths_and_methods_that_are_none_of_ours_are_one(client):
    unrouted, other = counted("unrouted", 404), counted("unrouted", 404, "other")
    for _ in range(20):
        await client.get(f"/{token_hex(4)}")
        await client.request(token_hex(4).upper(), f"/{token_hex(4)}")
    assert counted("unrouted", 404) == unrouted + 20
    assert counted("unrouted", 404, "other") == other + 20


@pytest.mark.heavy
async def test_what_breaks_counts_as_broken_by_its_path(client):
    before = counted("/zoo/{animal}", 500)
    assert (await client.get("/zoo/dragon")).status_code == 500
    assert counted("/zoo/{animal}", 500) == before + 1


async def test_a_stream_counts_once_it_has_begun(client):
    before = counted("/zoo/{animal}/walk", 200)
    await client.get("/zoo/cat/walk")
    assert counted("/zoo/{animal}/walk", 200) == before + 1
    assert REGISTRY.get_sample_value("api_requests_in_progress") == 0


async def test_every_sample_says_of_which_service_it_is(client):
    told = (await client.get("/metrics")).text
    samples = [sample for family in text_string_to_metric_families(told) for sample in family.samples]
    assert {sample.labels["component"] for sample in samples} == {"zoo"}
    assert "philo_build_info" in {sample.name for sample in samples}


@pytest.mark.parametrize("name", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
async def test_what_a_proxy_passes_on_is_not_from_this_machine(client, name):
    answer = await client.get("/metrics", headers={name: "127.0.0.1"})
    assert answer.status_code == 403
    assert "METRICS_TOKEN" in answer.json()["detail"]


@pytest.mark.parametrize("host", ["10.0.0.7", "192.168.1.9", "2001:db8::1", "somewhere"])
async def test_figures_are_not_for_other_machines_unless_there_is_a_token(host):
    app = application("zoo", "1", checks={})
    app.include_router(exposition("zoo", "1", Readings({}), None))
    transport = httpx.ASGITransport(app, client=(host, 5000))
    async with httpx.AsyncClient(transport=transport, base_url="http://zoo") as one:
        assert (await one.get("/metrics")).status_code == 403
