"""`Idempotency-Key` where accounts and keys are made: secrets are told again to whoever has the key, and to nobody else."""

import asyncio

import pytest
from auth_world import ADA, bearer, registered
from sqlalchemy import text

pytestmark = pytest.mark.stack
WISH = {"name": "ci", "scopes": ["jobs:read"]}


async def test_one_api_key_is_made_however_often_it_is_asked_for(client):
    headers = bearer(await registered(client)) | {"Idempotency-Key": "once"}
    answers = await asyncio.gather(*(client.post("/api-keys", json=WISH, headers=headers) for _ in range(20)))
    again = await client.post("/api-keys", json=WISH, headers=headers)
    told = {answer.json()["key"] for answer in [*answers, again] if answer.status_code == 201}
    assert (len(told), again.headers["idempotency-replayed"]) == (1, "true")
    assert len((await client.get("/api-keys", headers=headers)).json()["items"]) == 1


async def test_an_account_is_made_once_and_its_first_tokens_are_told_again(client):
    headers = {"Idempotency-Key": "once"}
    first, again = [await client.post("/register", json=ADA, headers=headers) for _ in range(2)]
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())


async def test_equal_keys_of_two_strangers_do_not_meet(client):
    headers = {"Idempotency-Key": "1"}
    await client.post("/register", json=ADA, headers=headers)
    other = {"email": "bob@example.org", "username": "bob", "password": "correct horse"}
    answer = await client.post("/register", json=other, headers=headers)
    assert (answer.status_code, answer.json()["user"]["username"]) == (201, "bob")


async def test_no_secret_of_an_answer_can_be_read_from_the_database(client, engine):
    logged_in = await registered(client)
    headers = bearer(logged_in) | {"Idempotency-Key": "0f9ad5a0-0b0e-4b6e-9d49-0b8e2b5f4a51"}
    secret = (await client.post("/api-keys", json=WISH, headers=headers)).json()["key"]
    async with engine.connect() as connection:
        row = (await connection.execute(text("select k::text from idempotency_key k"))).scalar_one()
    assert secret not in row
    assert headers["Idempotency-Key"] not in row
