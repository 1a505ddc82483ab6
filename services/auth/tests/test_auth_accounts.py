"""Registering and logging in over HTTP, on a real PostgreSQL."""

import asyncio
import uuid

import bcrypt
import pytest
from auth_world import ADA, bearer, facts, refused, registered
from sqlalchemy import text

pytestmark = pytest.mark.stack


async def test_registering_logs_in(client):
    answer = await client.post("/register", json=ADA)
    assert answer.status_code == 201
    assert answer.headers["location"] == "/api/v1/auth/me"
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert (body["token_type"], body["expires_in"]) == ("bearer", 1800)
    assert (body["user"]["email"], body["user"]["username"]) == ("ada@example.org", "Ada")
    assert uuid.UUID(body["user"]["id"]).version == 7
    assert (await client.get("/me", headers=bearer(body))).json() == body["user"]


async def test_registering_is_a_fact_without_a_secret(client, engine):
    user = (await registered(client))["user"]["id"]
    assert await facts(engine) == [("UserRegistered", f"user/{user}", 1, {"user": user, "username": "Ada"})]


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"email": "ADA@example.ORG", "username": "other"}, "/email"),
        ({"email": "x@example.org", "username": "aDA"}, "/username"),
    ],
)
async def test_an_email_or_username_is_taken_once_in_any_case(client, engine, changed, pointer):
    await registered(client)
    told = refused(await client.post("/register", json=ADA | changed), 409, "taken")
    assert [error["pointer"] for error in told["errors"]] == [pointer]
    assert len(await facts(engine)) == 1


async def test_of_many_who_register_the_same_at_once_one_succeeds(client, engine):
    answers = await asyncio.gather(*(client.post("/register", json=ADA) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    assert len(await facts(engine)) == 1


@pytest.mark.parametrize(
    ("changed", "pointer", "words"),
    [
        ({"email": "nobody"}, "/email", "This is not an email address"),
        ({"username": "a b"}, "/username", "A username has letters"),
        ({"password": "short"}, "/password", "A password needs at least 8 characters"),
        ({"password": "x" * 201}, "/password", "A password has at most 200 characters"),
        ({"tier": "vip"}, "/tier", "There is no field"),
    ],
)
async def test_what_is_wrong_with_a_registration_is_said(client, changed, pointer, words):
    (error,) = refused(await client.post("/register", json=ADA | changed), 422, "invalid-request")["errors"]
    assert error["pointer"] == pointer
    assert error["detail"].startswith(words)
    assert "x" * 201 not in error["detail"]


async def test_login_takes_the_email_in_any_case(client):
    user = (await registered(client))["user"]
    answer = await client.post("/login", json={"email": "ADA@EXAMPLE.ORG", "password": ADA["password"]})
    assert (answer.status_code, answer.json()["user"]) == (200, user)


async def test_a_wrong_password_and_an_unknown_email_are_answered_alike(client):
    await registered(client)
    wrong = await client.post("/login", json={"email": ADA["email"], "password": "wrong horse"})
    unknown = await client.post("/login", json={"email": "nobody@example.org", "password": "wrong horse"})
    one, other = refused(wrong, 401, "wrong-credentials"), refused(unknown, 401, "wrong-credentials")
    own = {"request_id": "", "trace_id": ""}
    assert one | own == other | own
    assert wrong.headers["www-authenticate"] == unknown.headers["www-authenticate"]


async def test_an_imported_bcrypt_hash_logs_in_and_is_upgraded(client, engine):
    await registered(client)
    imported = bcrypt.hashpw(ADA["password"].encode(), bcrypt.gensalt(4)).decode()
    async with engine.begin() as connection:
        await connection.execute(text("update account set password_hash = :hash"), {"hash": imported})
    for _ in range(2):
        answer = await client.post("/login", json={"email": ADA["email"], "password": ADA["password"]})
        assert answer.status_code == 200
    async with engine.connect() as connection:
        assert (await connection.scalar(text("select password_hash from account"))).startswith("$argon2id$")
