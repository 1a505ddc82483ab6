"""Guessing at passwords ends soon, from one address or from many, and nobody learns from it who has an account."""

import asyncio

import pytest
import pytest_asyncio
from auth_world import ADA, client_at, refused, registered

pytestmark = pytest.mark.stack


@pytest_asyncio.fixture(autouse=True)
async def ada(client) -> dict:
    return await registered(client)


async def login(client, password="wrong horse", email=ADA["email"]):
    return await client.post("/login", json={"email": email, "password": password})


async def statuses(*tries) -> list[int]:
    return sorted(answer.status_code for answer in await asyncio.gather(*tries))


async def test_from_one_address_ten_passwords_are_tried_at_one_account(client, clock):
    assert await statuses(*(login(client) for _ in range(15))) == [401] * 10 + [429] * 5
    told = await login(client, ADA["password"])
    refused(told, 429, "too-many-requests")
    assert int(told.headers["retry-after"]) <= 90
    clock.forward(seconds=int(told.headers["retry-after"]))
    assert (await login(client, ADA["password"])).status_code == 200


async def test_another_address_is_let_in_meanwhile(app, client):
    await statuses(*(login(client) for _ in range(15)))
    async with client_at("203.0.113.9", app) as elsewhere:
        assert (await login(elsewhere, ADA["password"])).status_code == 200


async def test_one_account_is_tried_a_hundred_times_whatever_the_addresses(app):
    clients = [client_at(f"203.0.113.{number}", app) for number in range(120)]
    assert await statuses(*(login(one) for one in clients)) == [401] * 100 + [429] * 20


async def test_one_address_tries_two_hundred_times_whatever_the_accounts(client):
    tries = [login(client, email=f"somebody-{number}@example.org") for number in range(210)]
    assert await statuses(*tries[:105]) == [401] * 105
    assert await statuses(*tries[105:]) == [401] * 95 + [429] * 10


async def test_an_unknown_account_is_throttled_like_a_known_one(client):
    known, unknown = [], []
    for _ in range(11):
        known.append((await login(client)).status_code)
        unknown.append((await login(client, email="nobody@example.org")).status_code)
    assert known == unknown == [401] * 10 + [429]


async def test_the_right_password_does_not_count(client):
    assert await statuses(*(login(client, ADA["password"]) for _ in range(8))) == [200] * 8
    for _ in range(10):
        assert (await login(client, ADA["password"])).status_code == 200
