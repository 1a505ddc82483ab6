"""Every service shows operators what it could not handle, at its own port, and nobody else."""

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from fastapi import APIRouter
from jwt.algorithms import OKPAlgorithm

from philo.testing_service import KEY_ID, SIGNING, bearer, settings_in
from philo_kernel.dead_letters import Parcel, park
from philo_kernel.http.app import application
from philo_kernel.http.letters import PREFIX
from philo_kernel.http.server import serve
from philo_kernel.service import Service
from philo_kernel.settings import ServiceSettings
from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack
issuer = APIRouter()


@issuer.get("/keys")
async def keys() -> dict[str, list[dict[str, str]]]:
    return {"keys": [{**OKPAlgorithm.to_jwk(SIGNING.public_key(), as_dict=True), "kid": KEY_ID}]}


@pytest_asyncio.fixture
async def client(servers, dsn, engine) -> AsyncIterator[httpx.AsyncClient]:
    async with serve(application("issuer", "1", issuer, checks={}), "127.0.0.1", 0) as port:
        settings = ServiceSettings(**settings_in(servers, dsn) | {"jwks_url": f"http://127.0.0.1:{port}/keys"})
        api = application("toy", "1", checks={})
        async with (
            Service("toy", settings, engine, api=api).answering(api) as own,
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{own}") as client,
        ):
            yield client


async def test_operators_see_what_could_not_be_handled_and_send_it_back(client, engine):
    async with unit_of_work(engine, "test") as unit:
        number = await park(unit.connection, Parcel("task", "Paint", b"{}", ValueError("no paint"), 3))
    headers = bearer("eve", role="operator")
    [letter] = (await client.get(PREFIX, headers=headers)).json()["items"]
    assert (letter["id"], letter["error"], letter["redriving"]) == (f"toy-{number}", "ValueError: no paint", False)
    answer = await client.post(f"{PREFIX}/redrive", json={"ids": [letter["id"], "toy-99", "else-1"]}, headers=headers)
    assert answer.json() == {"redriven": [letter["id"]], "missing": ["toy-99", "else-1"]}
    assert (await client.get(f"{PREFIX}/{letter['id']}", headers=headers)).json()["redriving"] is True


@pytest.mark.parametrize(("who", "status"), [(None, 401), ({}, 403), ({"role": "user"}, 403)])
async def test_nobody_else_is_told(client, who, status):
    headers = {} if who is None else bearer("ada", **who)
    answers = [await client.get(PREFIX, headers=headers), await client.get(f"{PREFIX}/toy-1", headers=headers)]
    answers.append(await client.post(f"{PREFIX}/redrive", json={"ids": ["toy-1"]}, headers=headers))
    assert {answer.status_code for answer in answers} == {status}


@pytest.mark.parametrize("cursor", ["x", "AAAA"])
async def test_a_cursor_that_is_none_of_ours_is_refused(client, cursor):
    answer = await client.get(PREFIX, params={"cursor": cursor}, headers=bearer("eve", role="operator"))
    assert answer.status_code == 422
