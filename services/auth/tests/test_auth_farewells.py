"""Whoever proves once more who they are can delete their account; nothing of it stays here, and everybody is told."""

import asyncio

import pytest
from auth_world import ADA, BOB, bearer, client_at, facts, new_key, refresh, refused, registered

from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack
PHONE = "+4915123456789"
TABLES = "select tablename from pg_tables where schemaname = 'public'"


async def deleted(client, who: dict, **proof):
    return await client.request("DELETE", "/me", json=proof, headers=bearer(who))


async def lies_in(engine, words: str) -> list[str]:
    found = "select exists (select from {} t where t::text ilike $1)"
    async with unit_of_work(engine, "auth") as unit:
        tables = [row[0] for row in await unit.connection.fetch(TABLES)]
        return [table for table in tables if await unit.connection.fetchval(found.format(table), f"%{words}%")]


async def by_phone(client, phone_messages) -> dict:
    await client.post("/send-verification", json={"phone": PHONE})
    return (await client.post("/verify-phone", json={"phone": PHONE, "code": phone_messages.code})).json()


async def test_nothing_of_an_account_stays_but_that_there_was_one(client, engine):
    ada = await registered(client)
    key = await new_key(client, ada, name="the key of Ada")
    once = bearer(ada) | {"Idempotency-Key": "once"}
    await client.post("/api-keys", json={"name": "another", "scopes": ["jobs:read"]}, headers=once)
    answer = await deleted(client, ada, password=ADA["password"])
    assert (answer.status_code, answer.json()) == (202, {"status": "erasing"})
    for words in ("ada@example.org", "the key of Ada", key["key"][-43:]):
        assert await lies_in(engine, words) == []
    assert await lies_in(engine, ada["user"]["id"]) == ["data_key", "event"]
    assert await facts(engine) == [("UserErased", f"erasure/{ada['user']['id']}", 1, {"user": ada["user"]["id"]})]


async def test_no_credential_of_before_is_good_any_more(client):
    ada = await registered(client)
    key = (await new_key(client, ada))["key"]
    await deleted(client, ada, password=ADA["password"])
    refused(await client.get("/me", headers=bearer(ada)), 401, "unauthorized")
    refused(await client.get("/me", headers={"X-API-Key": key}), 401, "unauthorized")
    refused(await refresh(client, ada["refresh_token"]), 401, "refresh-refused")
    login = {name: ADA[name] for name in ("email", "password")}
    refused(await client.post("/login", json=login), 401, "wrong-credentials")


async def test_the_name_and_the_address_are_free_again(client):
    before = await registered(client)
    await deleted(client, before, password=ADA["password"])
    assert (await registered(client))["user"]["id"] != before["user"]["id"]


@pytest.mark.parametrize("proof", [{"password": "wrong horse"}, {"code": "123456"}])
async def test_without_proof_nothing_is_deleted(client, proof):
    ada = await registered(client)
    refused(await deleted(client, ada, **proof), 403, "not-confirmed")
    assert (await client.get("/me", headers=bearer(ada))).status_code == 200


@pytest.mark.parametrize("proof", [{}, {"password": "correct horse", "code": "123456"}])
async def test_one_proof_is_asked_for(client, proof):
    refused(await deleted(client, await registered(client), **proof), 422, "invalid-request")


async def test_an_api_key_deletes_no_account(client):
    ada = await registered(client)
    key = (await new_key(client, ada))["key"]
    body = {"password": ADA["password"]}
    refused(await client.request("DELETE", "/me", json=body, headers={"X-API-Key": key}), 403, "forbidden")


async def test_who_is_entered_by_phone_confirms_with_a_fresh_code(client, engine, clock, phone_messages):
    ada = await by_phone(client, phone_messages)
    refused(await deleted(client, ada, code=phone_messages.code), 403, "not-confirmed")
    clock.forward(minutes=2)
    await client.post("/send-verification", json={"phone": PHONE})
    assert (await deleted(client, ada, code=phone_messages.code)).status_code == 202
    assert await lies_in(engine, PHONE) == []


async def test_others_keep_what_is_theirs(client):
    ada, bob = await registered(client), await registered(client, BOB)
    key = (await new_key(client, bob))["key"]
    await deleted(client, ada, password=ADA["password"])
    assert (await client.get("/me", headers={"X-API-Key": key})).json()["username"] == "bob"


async def test_of_two_at_once_one_deletes(app, engine):
    async with client_at("127.0.0.1", app) as client:
        ada = await registered(client)
        both = await asyncio.gather(*(deleted(client, ada, password=ADA["password"]) for _ in range(2)))
    assert sorted(answer.status_code for answer in both) in ([202, 401], [202, 403])
    assert [kind for kind, *_ in await facts(engine)] == ["UserErased"]
