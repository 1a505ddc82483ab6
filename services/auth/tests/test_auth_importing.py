"""Accounts of another product log in with the passwords they have."""

import json
from functools import partial

import bcrypt
import pytest
from auth_world import CHEAP, facts
from sqlalchemy import text

from philo_auth.importing import take
from philo_kernel.unit import unit_of_work

pytestmark = pytest.mark.stack
BCRYPT = bcrypt.hashpw(b"correct horse", bcrypt.gensalt(4)).decode()
ADA = {"email": "Ada@Example.org", "username": "Ada", "password_hash": BCRYPT, "created_at": "2019-05-01T00:00:00Z"}
BOB = {"email": "bob@example.org", "username": "bob", "password_hash": CHEAP.hash("correct horse")}


@pytest.fixture
def units(engine):
    return partial(unit_of_work, engine, "auth")


def lines(*accounts: dict) -> list[str]:
    return [json.dumps(account) + "\n" for account in accounts]


async def test_imported_accounts_log_in_and_their_hashes_are_brought_to_todays_strength(client, engine, units):
    assert await take(units, lines(ADA, BOB)) == (2, [])
    for email in ("ada@example.org", "bob@example.org"):
        answer = await client.post("/login", json={"email": email, "password": "correct horse"})
        assert answer.status_code == 200
    async with engine.connect() as connection:
        kept = (await connection.scalars(text("select password_hash from account"))).all()
    assert all(one.startswith("$argon2id$") for one in kept)
    assert [kind for kind, *_ in await facts(engine)] == ["UserRegistered"] * 2


async def test_an_imported_phone_is_entered_by_its_code(client, units, phone_messages):
    await take(units, lines({"username": "cleo", "phone": "+49 151 23456789"}))
    await client.post("/send-verification", json={"phone": "+4915123456789"})
    answer = await client.post("/verify-phone", json={"phone": "+4915123456789", "code": phone_messages.code})
    assert answer.json()["user"]["username"] == "cleo"


async def test_a_run_may_be_repeated(units):
    await take(units, lines(ADA))
    assert await take(units, lines(ADA, BOB)) == (1, ["line 1: somebody has this email, phone or username already"])


async def test_what_cannot_be_taken_is_told_without_repeating_a_hash(units):
    bad = [
        {"email": "x@example.org", "username": "xena"},
        {"email": "y@example.org", "username": "yves", "password_hash": "5f4dcc3b5aa765d61d8327deb882cf99"},
        {"email": "nobody", "username": "zoe", "password_hash": BCRYPT},
    ]
    taken, told = await take(units, [*lines(*bad), "\n", "{", *lines(ADA)])
    assert (taken, [line.partition(":")[0] for line in told]) == (1, ["line 1", "line 2", "line 3", "line 5"])
    assert "needs email and password_hash, or a phone" in told[0]
    assert "is no hash by bcrypt or argon2id" in told[1]
    assert "This is not an email address" in told[2]
    assert not [line for line in told if "5f4dcc" in line or BCRYPT in line]
