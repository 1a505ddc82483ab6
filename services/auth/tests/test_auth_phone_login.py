"""Logging in by phone, on a real PostgreSQL: codes are sent, spent once, and not to be guessed."""

import asyncio
import uuid

import pytest
from auth_world import bearer, client_at, facts, refused
from sqlalchemy import text

pytestmark = pytest.mark.stack
PHONE, OTHER = "+4915123456789", "+33612345678"


async def sent(client, phone=PHONE):
    return await client.post("/send-verification", json={"phone": phone})


async def verified(client, code, phone=PHONE):
    return await client.post("/verify-phone", json={"phone": phone, "code": code})


def wrong(code: str, by: int = 1) -> str:
    return f"{(int(code) + by) % 1_000_000:06d}"


async def test_the_first_login_registers_and_the_next_finds_the_same_account(client, clock, engine, phone_messages):
    users = []
    for _ in range(2):
        answer = await sent(client)
        assert (answer.status_code, answer.json()) == (202, {"expires_in": 300, "retry_after": 60})
        logged_in = (await verified(client, phone_messages.code)).json()
        users.append(logged_in["user"])
        clock.forward(minutes=20)
    assert users[0] == users[1]
    assert (users[0]["phone"], users[0]["email"]) == (PHONE, None)
    assert uuid.UUID(users[0]["id"]).version == 7
    ((kind, _, _, fact),) = await facts(engine)
    assert (kind, fact["user"]) == ("UserRegistered", users[0]["id"])
    assert not set("15123456789") - set(PHONE)
    assert "151234" not in str(fact)


async def test_a_phone_login_is_like_any_other(client, phone_messages):
    await sent(client)
    logged_in = (await verified(client, phone_messages.code)).json()
    assert (await client.get("/me", headers=bearer(logged_in))).json() == logged_in["user"]
    refreshed = await client.post("/refresh", json={"refresh_token": logged_in["refresh_token"]})
    assert refreshed.status_code == 200


async def test_the_answer_does_not_tell_whether_a_phone_is_known(client, clock, phone_messages):
    await sent(client)
    await verified(client, phone_messages.code)
    clock.forward(hours=1)
    known, unknown = await sent(client), await sent(client, OTHER)
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    one = refused(await verified(client, wrong(phone_messages.code, 7)), 401, "wrong-code")
    other = refused(await verified(client, "000000", "+4915199999999"), 401, "wrong-code")
    own = {"request_id": "", "trace_id": ""}
    assert one | own == other | own


async def test_a_code_works_once_and_only_for_its_phone(client, phone_messages):
    await sent(client)
    refused(await verified(client, phone_messages.code, OTHER), 401, "wrong-code")
    assert (await verified(client, phone_messages.code)).status_code == 200
    refused(await verified(client, phone_messages.code), 401, "wrong-code")


async def test_of_many_who_show_the_code_at_once_one_is_let_in(client, engine, phone_messages):
    await sent(client)
    answers = await asyncio.gather(*(verified(client, phone_messages.code) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 9
    assert len(await facts(engine)) == 1


async def test_a_code_lives_for_five_minutes(client, clock, phone_messages):
    await sent(client)
    clock.forward(minutes=5)
    refused(await verified(client, phone_messages.code), 401, "wrong-code")


async def test_a_new_code_replaces_the_one_before(client, clock, phone_messages):
    await sent(client)
    before = phone_messages.code
    clock.forward(minutes=1)
    await sent(client)
    refused(await verified(client, before), 401, "wrong-code")
    assert (await verified(client, phone_messages.code)).status_code == 200


async def test_after_five_wrong_tries_the_right_code_is_wrong_as_well(client, phone_messages):
    await sent(client)
    for by in range(1, 6):
        refused(await verified(client, wrong(phone_messages.code, by)), 401, "wrong-code")
    refused(await verified(client, phone_messages.code), 401, "wrong-code")


async def test_guessing_from_everywhere_at_once_has_no_more_than_five_tries(app, client, engine, phone_messages):
    """Sixty at the same moment from as many addresses: the row counts each, so five are judged and no more."""
    await sent(client)
    right = phone_messages.code
    clients = [client_at(f"203.0.113.{number}", app) for number in range(60)]
    guesses = await asyncio.gather(*(verified(one, wrong(right, by)) for by, one in enumerate(clients, 1)))
    assert sorted(answer.status_code for answer in guesses) == [401] * 20 + [429] * 40
    async with engine.connect() as connection:
        assert await connection.scalar(text("select attempts_left from phone_code")) == 0


async def test_new_codes_bring_no_more_than_twenty_tries_a_day(app, client, clock, phone_messages):
    """A guesser who has a new code sent whenever the tries of one are used up: a year of it finds one in a hundred."""
    judged = 0
    for hour in range(24):
        await sent(client)
        for by in range(1, 6):
            async with client_at(f"203.0.{hour}.{by}", app) as elsewhere:
                judged += (await verified(elsewhere, wrong(phone_messages.code, by))).status_code == 401
        clock.forward(hours=1)
    assert judged < 40


async def test_a_phone_is_sent_a_code_a_minute_and_five_an_hour(client, clock, phone_messages):
    for _ in range(5):
        assert (await sent(client)).status_code == 202
        too_soon = await sent(client)
        refused(too_soon, 429, "too-many-requests")
        assert 0 < int(too_soon.headers["retry-after"]) <= 60
        clock.forward(minutes=1)
    assert "retry-after" in (await sent(client)).headers
    assert len(phone_messages.sent) == 5
    clock.forward(minutes=12)
    assert (await sent(client)).status_code == 202


async def test_an_address_is_sent_twenty_codes_an_hour_whatever_the_phones(app, phone_messages):
    async with client_at("198.51.100.7", app) as one, client_at("198.51.100.8", app) as other:
        answers = await asyncio.gather(*(sent(one, f"+4915100000{number:03d}") for number in range(30)))
        assert sorted(answer.status_code for answer in answers) == [202] * 20 + [429] * 10
        assert (await sent(other, "+4915199999999")).status_code == 202


async def test_an_address_that_guesses_at_many_phones_is_stopped(app, client, clock, phone_messages):
    async with client_at("198.51.100.7", app) as guessing:
        for number in range(30):
            refused(await verified(guessing, "000000", f"+4915100000{number:03d}"), 401, "wrong-code")
        refused(await verified(guessing, "000000", PHONE), 429, "too-many-requests")
    await sent(client)
    assert (await verified(client, phone_messages.code)).status_code == 200


async def test_a_carrier_that_fails_is_a_problem_and_costs_the_phone_nothing(client, phone_messages):
    phone_messages.broken = True
    answer = await sent(client)
    refused(answer, 503, "sms-failed")
    assert answer.headers["retry-after"] == "30"
    phone_messages.broken = False
    assert (await sent(client)).status_code == 202


async def test_no_code_is_stored_or_told(client, engine, phone_messages, capfd):
    answer = await sent(client)
    async with engine.connect() as connection:
        rows = [
            str((await connection.execute(text(f"select * from {table}"))).all())
            for table in ("phone_code", "throttle")
        ]
    logged = capfd.readouterr()
    assert not [where for where in (*rows, answer.text, logged.out, logged.err) if phone_messages.code in where]
    assert PHONE not in rows[1]
    assert PHONE not in logged.out + logged.err
